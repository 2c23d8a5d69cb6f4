package io.github.adotspring.autoconfigure.cloudwatch;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.InProcess;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MetricDataSender} with {@link MetricDataSplitter},
 * {@link MetricDataClient} and {@link CallOutcome}, against a server on this machine.
 */
@Timeout(60)
final class MetricDataSenderTests {

	private static final AccessKey TEMPORARY = new AccessKey("ASIDEXAMPLE", "temporary-secret", "new");

	private static final AwsCredentials KEY = AwsBasicCredentials.create(AccessKey.EXAMPLE.id(),
			AccessKey.EXAMPLE.secret());

	private CloudWatchServer server;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() throws IOException {
		this.server = new CloudWatchServer(AccessKey.EXAMPLE, TEMPORARY);
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
					CloudWatchApiAutoConfiguration.class))
			.withPropertyValues("management.adot.aws.region=us-east-1",
					"management.adot.metrics.cloudwatch-api.namespace=shop",
					"management.adot.metrics.cloudwatch-api.endpoint=" + this.server.url());
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void sendsASignedCompressedRequestFromWhichPercentilesCanBeRead() {
		double[] values = DoubleStream.generate(new Random(1)::nextGaussian)
			.map((x) -> Math.exp(x * 0.5))
			.limit(5_000)
			.sorted()
			.toArray();
		runWithKey((provider) -> {
			ExportMetricsServiceRequest message = Metrics
				.message(Metrics.exponential(Metrics.exponentialOf(values).setTimeUnixNano(now())));
			assertThat(send(provider, message)).containsExactly(Outcome.delivered(200));
			assertThat(this.server.problems()).isEmpty();
			ReceivedRequest request = this.server.requests().get(0);
			assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
			assertThat(CloudWatchServer.namespace(request)).isEqualTo("shop");
			MetricDatum datum = CloudWatchServer.data(request).get(0);
			assertThat(datum.metricName()).isEqualTo("e");
			assertThat(datum.unitAsString()).isEqualTo("Milliseconds");
			for (int percent : List.of(1, 50, 90, 95, 99, 100)) {
				int rank = values.length * percent / 100;
				assertThat(atRank(datum, rank)).isCloseTo(values[rank - 1], Percentage.withPercentage(4.5));
			}
		});
	}

	@Test
	void doesNotCompressWhatIsShort() {
		runWithKey((provider) -> {
			assertThat(send(provider, Metrics.message(recent(1)))).containsExactly(Outcome.delivered(200));
			assertThat(this.server.requests().get(0).header("Content-Encoding")).isNull();
			assertThat(this.server.problems()).isEmpty();
		});
	}

	@Test
	void keepsTheLimitsOfOneCall() {
		Metric.Builder gauge = Metric.newBuilder().setName("g");
		Random random = new Random(7);
		for (int i = 0; i < 2_400; i++) {
			NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
				.setTimeUnixNano(now())
				.setAsDouble(random.nextDouble());
			for (int j = random.nextInt(30); j > 0; j--) {
				point.addAttributes(Metrics.attribute("key " + j, "/%é".repeat(random.nextInt(20) + 1)));
			}
			gauge.getGaugeBuilder().addDataPoints(point);
		}
		runWithKey((provider) -> {
			List<Outcome> outcomes = send(provider, Metrics.message(gauge));
			assertThat(outcomes).hasSizeGreaterThan(4).allMatch(Outcome::isDelivered);
			assertThat(this.server.problems()).isEmpty();
			assertThat(
					this.server.requests().stream().mapToInt((request) -> CloudWatchServer.data(request).size()).sum())
				.isEqualTo(2_400);
			assertThat(this.server.requests()).allSatisfy((request) -> {
				int estimate = RequestSize.of("shop")
						+ CloudWatchServer.data(request).stream().mapToInt(RequestSize::of).sum();
				assertThat(estimate).isBetween(request.content().length, request.content().length * 3 / 2);
			});
		});
	}

	@Test
	void sendsRandomMetricsAsCloudWatchTakesThem() {
		RandomMetrics random = new RandomMetrics(new Random(99), Instant.now());
		runWithKey((provider) -> {
			for (int i = 0; i < 20; i++) {
				assertThat(send(provider, random.next())).allMatch(Outcome::isDelivered);
			}
		});
		assertThat(this.server.requests()).isNotEmpty();
		assertThat(this.server.problems()).isEmpty();
	}

	@Test
	void letsTheSdkTryAgain() {
		this.server.enqueue(Answer.status(503), CloudWatchServer.refusal(400, "Throttling", "Rate exceeded"));
		runWithKey((provider) -> {
			assertThat(send(provider, Metrics.message(recent(1)))).containsExactly(Outcome.delivered(200));
			assertThat(this.server.requests()).hasSize(3);
		});
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			403, AccessDenied, User: arn:aws:iam::123456789012:role/x is not authorized, REJECTED
			400, ValidationError, The value is not valid, REJECTED
			413, RequestEntityTooLarge, Too large, TOO_LARGE
			400, Throttling, Rate exceeded, UNAVAILABLE
			500, InternalFailure, Broken, UNAVAILABLE
			""")
	void saysWhatAwsSaid(int status, String code, String message, Failure failure) {
		Answer refusal = CloudWatchServer.refusal(status, code, message + " AKIAABCDEFGHIJKLMNOP");
		this.server.enqueue(refusal, refusal, refusal);
		runWithKey((provider) -> assertThat(send(provider, Metrics.message(recent(1)))).containsExactly(Outcome
			.answered(failure, status, "HTTP " + status + " " + code + ": " + message + " (redacted)", null)));
	}

	@Test
	void asksForOtherCredentialsWhenTheyHaveExpired() {
		this.server.enqueue(
				CloudWatchServer.refusal(403, "ExpiredToken", "The security token included in the request is expired"));
		AtomicInteger asked = new AtomicInteger();
		this.runner
			.withBean(AwsCredentialsProvider.class,
					() -> () -> AwsSessionCredentials.create(TEMPORARY.id(), TEMPORARY.secret(),
							(asked.incrementAndGet() < 3) ? "old" : "new"))
			.run((context) -> {
				assertThat(send(context.getBean(MetricsDestinationProvider.class), Metrics.message(recent(1))))
					.containsExactly(Outcome.delivered(200));
				assertThat(this.server.requests()).extracting((request) -> request.header("X-Amz-Security-Token"))
					.containsExactly("old", "new");
			});
	}

	@Test
	void saysThatCredentialsAreMissing() {
		this.runner.withBean(AwsCredentialsProvider.class, () -> () -> {
			throw SdkClientException.create("none");
		}).run((context) -> {
			Outcome outcome = send(context.getBean(MetricsDestinationProvider.class), Metrics.message(recent(1)))
				.get(0);
			assertThat(outcome.failure()).isEqualTo(Failure.NOT_CONFIGURED);
			assertThat(outcome.message()).startsWith("No AWS credentials were found").contains("AWS_ACCESS_KEY_ID");
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void saysThatTheServerCanNotBeReached() {
		try (BrokenEndpoint broken = BrokenEndpoint.refusing()) {
			this.runner = this.runner
				.withPropertyValues("management.adot.metrics.cloudwatch-api.endpoint=" + broken.url("/"));
			runWithKey((provider) -> {
				Outcome outcome = send(provider, Metrics.message(recent(1))).get(0);
				assertThat(outcome.failure()).isEqualTo(Failure.UNREACHABLE);
				assertThat(outcome.message()).startsWith("ConnectException");
			});
		}
	}

	@Test
	void givesUpOnAServerThatDoesNotAnswer() {
		try (BrokenEndpoint broken = BrokenEndpoint.silent()) {
			this.runner = this.runner.withPropertyValues("management.adot.delivery.timeout=300ms",
					"management.adot.metrics.cloudwatch-api.endpoint=" + broken.url("/"));
			runWithKey((provider) -> assertThat(send(provider, Metrics.message(recent(1)))).extracting(Outcome::failure)
				.containsExactly(Failure.TIMEOUT));
		}
	}

	@Test
	void makesTwoCallsAtATimeAndRefusesMoreThanMayBeInFlight() {
		CountDownLatch gate = new CountDownLatch(1);
		Answer held = Answer.status(200).after(gate);
		this.server.enqueue(held, held, held);
		this.runner = this.runner.withPropertyValues("management.adot.delivery.max-in-flight=3");
		runWithKey((provider) -> {
			Destination destination = ((InProcess) provider.connection()).destination();
			byte[] message = Metrics.message(recent(1)).toByteArray();
			List<CompletableFuture<Outcome>> outcomes = DoubleStream.iterate(0, (i) -> i < 4, (i) -> i + 1)
				.mapToObj((i) -> destination.deliver(PayloadFixtures.metrics(message, 1)))
				.toList();
			assertThat(outcomes.get(3).join().failure()).isEqualTo(Failure.TOO_MANY_IN_FLIGHT);
			this.server.awaitRequests(2);
			assertThat(outcomes.subList(0, 3)).noneMatch(CompletableFuture::isDone);
			assertThat(this.server.requests()).hasSize(2);
			gate.countDown();
			assertThat(outcomes.subList(0, 3)).allMatch((outcome) -> outcome.join().isDelivered());
			assertThat(this.server.requests()).hasSize(3);
			assertThat(send(provider, Metrics.message(recent(1)))).allMatch(Outcome::isDelivered);
		});
	}

	@Test
	void answersWhatIsOnItsWayWhenTheApplicationEnds() {
		CountDownLatch gate = new CountDownLatch(1);
		Answer held = Answer.status(200).after(gate);
		this.server.enqueue(held, held, held);
		this.runner = this.runner.withPropertyValues("management.adot.delivery.shutdown-timeout=50ms");
		try {
			this.runner.withBean(AwsCredentialsProvider.class, () -> StaticCredentialsProvider.create(KEY))
				.run((context) -> {
					Destination destination = ((InProcess) context.getBean(MetricsDestinationProvider.class)
						.connection()).destination();
					byte[] message = Metrics.message(recent(1)).toByteArray();
					List<CompletableFuture<Outcome>> outcomes = DoubleStream.iterate(0, (i) -> i < 3, (i) -> i + 1)
						.mapToObj((i) -> destination.deliver(PayloadFixtures.metrics(message, 1)))
						.toList();
					this.server.awaitRequests(2);
					context.close();
					assertThat(outcomes).extracting((outcome) -> outcome.get(10, TimeUnit.SECONDS).failure())
						.containsOnly(Failure.CLOSED);
					assertThat(destination.deliver(PayloadFixtures.metrics(message, 1)).join().failure())
						.isEqualTo(Failure.CLOSED);
				});
		}
		finally {
			gate.countDown();
		}
	}

	@Test
	void isNotObservedByInterceptorsOfLibraries() {
		int calls = CountingInterceptor.CALLS.get();
		runWithKey((provider) -> assertThat(send(provider, Metrics.message(recent(1))))
			.containsExactly(Outcome.delivered(200)));
		assertThat(CountingInterceptor.CALLS).hasValue(calls);
		try (CloudWatchClient other = CloudWatchClient.builder()
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(KEY))
			.httpClient(new NoHttpClient())
			.build()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> other.putMetricData((request) -> request.namespace("n")));
		}
		assertThat(CountingInterceptor.CALLS).hasValue(calls + 1);
	}

	private void runWithKey(Use use) {
		this.runner.withBean(AwsCredentialsProvider.class, () -> StaticCredentialsProvider.create(KEY))
			.run((context) -> use.with(context.getBean(MetricsDestinationProvider.class)));
	}

	private static List<Outcome> send(MetricsDestinationProvider provider, ExportMetricsServiceRequest message) {
		Destination destination = ((InProcess) provider.connection()).destination();
		Split split = provider.translator().split(message.toByteArray());
		return split.parts()
			.stream()
			.map((part) -> destination.deliver(PayloadFixtures.metrics(part.message(), part.items())).join())
			.toList();
	}

	private static Metric.Builder recent(double value) {
		return Metrics.gauge(NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(now()));
	}

	private static long now() {
		return Metrics.nanos(Instant.now());
	}

	private static double atRank(MetricDatum datum, int rank) {
		double seen = 0;
		int i = 0;
		while ((seen += datum.counts().get(i)) < rank) {
			i++;
		}
		return datum.values().get(i);
	}

	/**
	 * What a test does with the destination.
	 */
	private interface Use {

		void with(MetricsDestinationProvider provider) throws Exception;

	}

	/**
	 * An HTTP client that never sends.
	 */
	private static final class NoHttpClient implements SdkHttpClient {

		@Override
		public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
			throw new IllegalStateException("Not to be called");
		}

		@Override
		public void close() {
		}

	}

}
