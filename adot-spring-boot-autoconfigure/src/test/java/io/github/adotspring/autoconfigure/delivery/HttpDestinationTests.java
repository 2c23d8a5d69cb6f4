package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.RequestFactory.Attempt;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpDestination} with {@link HttpTransport}, {@link HttpRequests} and
 * {@link AttemptOutcome}, against servers on this machine.
 */
@Timeout(60)
final class HttpDestinationTests {

	private static final HttpFormat FORMAT = new OtlpFormat(Map::of, null);

	private final DeliveryExecutor executor = new DeliveryExecutor();

	private final Limits limits = new Limits();

	@AfterEach
	void close() {
		this.executor.close();
	}

	@Test
	void deliversWhatTheServerTakes() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			assertThat(deliver(server.url("/v1/traces"))).isEqualTo(Outcome.delivered(200));
			assertThat(server.spans()).hasSize(2);
			assertThat(server.refusals()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 204 })
	void takesEverySuccessForOne(int status) throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(status));
			assertThat(deliver(server.url("/v1/traces"))).isEqualTo(Outcome.delivered(status));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void triesAgainWhenTheServerCanNotTakeItNow(int status) throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(status), Answer.status(status));
			assertThat(deliver(server.url("/v1/traces"))).isEqualTo(Outcome.delivered(200));
			assertThat(server.requests()).hasSize(3);
			assertThat(server.requests()).extracting(ReceivedRequest::body)
				.containsOnly(server.requests().get(0).body());
		}
	}

	@Test
	void triesAgainWhenTheConnectionBreaks() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.closedConnection(), Answer.closedConnection());
			assertThat(deliver(server.url("/v1/traces"))).isEqualTo(Outcome.delivered(200));
			assertThat(server.requests()).hasSize(3);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 400, 401, 403, 404, 408, 415, 500, 501, 505 })
	void doesNotTryAgainWhenTheServerRefuses(int status) throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.error(status, "Not like this"));
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.answered(Failure.REJECTED, status, "HTTP " + status + ": Not like this", null));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void givesUpAfterTheLastAttempt() throws Exception {
		this.limits.maxAttempts = 3;
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(503), Answer.status(503), Answer.error(429, "Slow down"));
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.answered(Failure.UNAVAILABLE, 429, "HTTP 429: Slow down (after 3 attempts)", null));
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	void doesNotWaitForAnAttemptThatWouldComeTooLate() throws Exception {
		this.limits.timeout = Duration.ofSeconds(20);
		this.limits.backoff = Duration.ofSeconds(30);
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(503));
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.answered(Failure.UNAVAILABLE, 503, "HTTP 503", null));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void makesARequestOfItsOwnForEachAttempt() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(503), Answer.status(503));
			URI url = server.url("/v1/traces");
			AtomicInteger made = new AtomicInteger();
			HttpDestination destination = destination(
					requests(
							url, (
									payload) -> HttpRequests
										.unsigned(url,
												new OtlpFormat(() -> Map.of("x-made",
														List.of(String.valueOf(made.incrementAndGet()))), null))
										.create(payload)));
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS).isDelivered()).isTrue();
			assertThat(server.requests()).extracting((request) -> request.header("x-made"))
				.containsExactly("1", "2", "3");
		}
	}

	@Test
	void sendsOneCompleteRequestOfHttp11() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			assertThat(deliver(server.url("/v1/traces")).isDelivered()).isTrue();
			ReceivedRequest request = server.requests().get(0);
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.headerValues("content-length")).containsExactly(String.valueOf(request.body().length));
			assertThat(request.headerValues("content-type")).containsExactly("application/x-protobuf");
			assertThat(request.headerValues("content-encoding")).containsExactly("gzip");
			assertThat(request.content()).isEqualTo(Spans.message(2).toByteArray());
			assertThat(request.headers()).doesNotContainKeys("transfer-encoding", "upgrade", "http2-settings",
					"expect");
		}
	}

	@Test
	void endsAnAttemptThatIsNotAnswered() throws Exception {
		this.limits.requestTimeout = Duration.ofMillis(100);
		this.limits.maxAttempts = 2;
		try (BrokenEndpoint server = BrokenEndpoint.silent()) {
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.failed(Failure.TIMEOUT, "no answer in time (after 2 attempts)"));
			server.awaitConnections(2);
		}
	}

	@Test
	void endsAnAttemptWhoseAnswerStops() throws Exception {
		this.limits.requestTimeout = Duration.ofMillis(200);
		this.limits.maxAttempts = 1;
		try (BrokenEndpoint server = BrokenEndpoint
			.stalling("HTTP/1.1 400 Bad\r\nContent-Length: 100\r\n\r\nNot like")) {
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.failed(Failure.TIMEOUT, "no answer in time"));
		}
	}

	@Test
	void endsAllAttemptsInTime() throws Exception {
		this.limits.timeout = Duration.ofMillis(150);
		try (BrokenEndpoint server = BrokenEndpoint.silent()) {
			assertThat(deliver(server.url("/v1/traces")).failure()).isEqualTo(Failure.TIMEOUT);
		}
	}

	@Test
	void sendsNothingAnyMoreOnceItHasSaidThatItFailed() throws Exception {
		this.limits.timeout = Duration.ofMillis(100);
		this.limits.maxInFlight = 1;
		CountDownLatch credentials = new CountDownLatch(1);
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			RequestFactory requests = HttpRequests.unsigned(server.url("/v1/traces"), FORMAT);
			HttpDestination destination = destination(requests(requests.url(), (payload) -> {
				await(credentials);
				return requests.create(payload);
			}));
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS))
				.isEqualTo(Outcome.failed(Failure.TIMEOUT, "not sent within 100 ms"));
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS).failure())
				.isEqualTo(Failure.TOO_MANY_IN_FLIGHT);
			credentials.countDown();
			Awaitility.await()
				.until(() -> destination.deliver(Spans.payload(3)).get(30, TimeUnit.SECONDS).isDelivered());
			assertThat(server.requests()).extracting((request) -> request.traces()).containsOnly(Spans.message(3));
		}
	}

	@Test
	void readsNoMoreOfAnAnswerThanItNeeds() throws Exception {
		try (BrokenEndpoint endless = BrokenEndpoint
			.stalling("HTTP/1.1 400 Bad\r\nContent-Length: 500000000\r\n\r\n" + "x".repeat(60_000))) {
			Outcome outcome = deliver(endless.url("/v1/traces"));
			assertThat(outcome.status()).isEqualTo(400);
			assertThat(outcome.message()).isEqualTo("HTTP 400: " + "x".repeat(500) + "...");
		}
	}

	@Test
	void survivesAnAnswerOfSeveralMegabytes() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(
					Answer.status(400).body("text/plain", "y".repeat(5_000_000).getBytes(StandardCharsets.UTF_8)),
					Answer.status(200).body("text/plain", new byte[5_000_000]));
			assertThat(deliver(server.url("/v1/traces")).message()).hasSizeLessThan(600);
			assertThat(deliver(server.url("/v1/traces")).isDelivered()).isTrue();
		}
	}

	@Test
	void saysThatNothingListens() throws Exception {
		this.limits.maxAttempts = 2;
		try (BrokenEndpoint server = BrokenEndpoint.refusing()) {
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.failed(Failure.UNREACHABLE, "no connection: ConnectException (after 2 attempts)"));
		}
	}

	@Test
	void saysThatTheHostIsUnknown() throws Exception {
		this.limits.maxAttempts = 1;
		Outcome outcome = deliver(URI.create("http://nowhere.invalid:4318/v1/traces"));
		assertThat(outcome.failure()).isEqualTo(Failure.UNREACHABLE);
		assertThat(outcome.message()).startsWith("no connection: ");
	}

	@Test
	void failsWhereSomethingElseThanHttpAnswers() throws Exception {
		this.limits.maxAttempts = 2;
		try (BrokenEndpoint mail = BrokenEndpoint.garbage(); BrokenEndpoint closing = BrokenEndpoint.closing()) {
			assertThat(deliver(mail.url("/v1/traces")).failure()).isEqualTo(Failure.UNREACHABLE);
			assertThat(deliver(closing.url("/v1/traces")).failure()).isEqualTo(Failure.UNREACHABLE);
			closing.awaitConnections(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void doesNotFollowARedirect(int status) throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature(); AwsEndpoint other = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(status).header("Location", other.url("/v1/traces").toString()));
			assertThat(deliver(server.url("/v1/traces")))
				.isEqualTo(Outcome.answered(Failure.REJECTED, status, "HTTP " + status, null));
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void doesNotTryTlsAgainWhereItFails() throws Exception {
		try (BrokenEndpoint plain = BrokenEndpoint.stalling("HTTP/1.1 400 Bad Request\r\n\r\n")) {
			URI url = URI.create(plain.url("/v1/traces").toString().replace("http:", "https:"));
			Outcome outcome = deliver(url);
			assertThat(outcome.failure()).isEqualTo(Failure.NOT_TRUSTED);
			assertThat(outcome.message()).startsWith("no connection: SSL").doesNotContain("attempts");
		}
	}

	@Test
	void dropsWhatIsMoreThanMayBeInFlight() throws Exception {
		this.limits.maxInFlight = 2;
		CountDownLatch gate = new CountDownLatch(1);
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.verified().after(gate), Answer.verified().after(gate));
			HttpDestination destination = destination(HttpRequests.unsigned(server.url("/v1/traces"), FORMAT));
			CompletableFuture<Outcome> first = destination.deliver(Spans.payload(1));
			CompletableFuture<Outcome> second = destination.deliver(Spans.payload(1));
			assertThat(destination.deliver(Spans.payload(1)))
				.isCompletedWithValue(Outcome.failed(Failure.TOO_MANY_IN_FLIGHT,
						"as many batches are on their way as 'management.adot.delivery.max-in-flight' allows"));
			gate.countDown();
			assertThat(first.get(30, TimeUnit.SECONDS).isDelivered()).isTrue();
			assertThat(second.get(30, TimeUnit.SECONDS).isDelivered()).isTrue();
			Awaitility.await()
				.until(() -> destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS).isDelivered());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing", "broken" })
	void sendsNothingWithoutARequest(String reason) throws Exception {
		this.limits.maxInFlight = 1;
		HttpDestination destination = destination(requests(URI.create("http://localhost"), (payload) -> {
			throw reason.equals("missing") ? AwsFixtures.missing("No region.", "Set it.")
					: new IllegalStateException("broken\nin two lines");
		}));
		Outcome expected = reason.equals("missing") ? Outcome.failed(Failure.NOT_CONFIGURED, "No region. Set it.")
				: Outcome.failed(Failure.INVALID,
						"the request could not be made: " + "java.lang.IllegalStateException: broken in two lines");
		assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS)).isEqualTo(expected);
		// Its place in flight is free again.
		Awaitility.await()
			.untilAsserted(() -> assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS))
				.isEqualTo(expected));
	}

	@Test
	void triesAgainWhatCouldNotBeMendedNow() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.error(400, "Missing"), Answer.error(400, "Missing"));
			AtomicInteger calls = new AtomicInteger();
			HttpDestination destination = destination(recovering(server.url("/v1/traces"), () -> {
				if (calls.incrementAndGet() == 1) {
					throw new IOException("busy");
				}
				return true;
			}));
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS).isDelivered()).isTrue();
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	void saysWhatCouldNotBeMended() throws Exception {
		this.limits.maxAttempts = 2;
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.error(400, "Missing"), Answer.error(400, "Missing"));
			HttpDestination destination = destination(recovering(server.url("/v1/traces"), () -> {
				throw new IOException("busy");
			}));
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS)).isEqualTo(
					Outcome.answered(Failure.UNAVAILABLE, 400, "HTTP 400: Missing, busy (after 2 attempts)", null));
		}
	}

	@Test
	void keepsNoPlaceForWhatBreaksWhileItIsMended() throws Exception {
		this.limits.maxInFlight = 1;
		this.limits.timeout = Duration.ofSeconds(5);
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.error(400, "Missing"), Answer.error(400, "Missing"));
			HttpDestination destination = destination(recovering(server.url("/v1/traces"), () -> {
				throw AwsFixtures.missing("No credentials.", "Set them.");
			}));
			for (int i = 0; i < 2; i++) {
				assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS))
					.isEqualTo(Outcome.failed(Failure.NOT_CONFIGURED, "No credentials. Set them."));
			}
		}
	}

	private static RequestFactory recovering(URI url, Recovery recovery) {
		RequestFactory requests = HttpRequests.unsigned(url, FORMAT);
		return requests(url, (payload) -> {
			HttpRequest request = requests.create(payload).request();
			return new Attempt() {

				@Override
				public HttpRequest request() {
					return request;
				}

				@Override
				public boolean recover(HttpResponse<byte[]> response, String message) throws IOException {
					return recovery.recover();
				}

			};
		});
	}

	@Test
	void doesNotShowTheValueOfAHeaderThatCanNotBeSent() throws Exception {
		HttpDestination destination = destination(HttpRequests.unsigned(URI.create("http://localhost/v1/traces"),
				new OtlpFormat(() -> Map.of("api-key", List.of("s3cret\n")), null)));
		Outcome outcome = destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS);
		assertThat(outcome.failure()).isEqualTo(Failure.INVALID);
		assertThat(outcome.message()).contains("api-key").doesNotContain("s3cret");
	}

	@Test
	void deliversNothingOnceItIsClosed() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			HttpDestination destination = destination(HttpRequests.unsigned(server.url("/v1/traces"), FORMAT));
			this.executor.close();
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS))
				.isEqualTo(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void doesNotWaitForAnotherAttemptWhenItIsClosed() throws Exception {
		this.limits.backoff = Duration.ofSeconds(60);
		this.limits.timeout = Duration.ofSeconds(120);
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(503));
			HttpDestination destination = destination(HttpRequests.unsigned(server.url("/v1/traces"), FORMAT));
			CompletableFuture<Outcome> delivery = destination.deliver(Spans.payload(1));
			server.awaitRequests(1);
			this.executor.close();
			assertThat(delivery.get(30, TimeUnit.SECONDS).failure()).isEqualTo(Failure.CLOSED);
		}
	}

	private Outcome deliver(URI url) throws Exception {
		return destination(HttpRequests.unsigned(url, FORMAT)).deliver(Spans.payload(2)).get(30, TimeUnit.SECONDS);
	}

	private HttpDestination destination(RequestFactory requests) {
		RetrySchedule retry = new RetrySchedule(this.limits.maxAttempts, this.limits.backoff, this.limits.backoff,
				(bound) -> bound);
		return new HttpDestination(FORMAT, requests, new HttpTransport(Duration.ofSeconds(10), null), this.executor,
				new ExchangeLimits(retry, this.limits.timeout, this.limits.requestTimeout, this.limits.maxRetryAfter,
						this.limits.maxInFlight),
				Clock.systemUTC());
	}

	private static RequestFactory requests(URI url, Function<Payload, RequestFactory.Attempt> attempts) {
		return new RequestFactory() {

			@Override
			public URI url() {
				return url;
			}

			@Override
			public Attempt create(Payload payload) {
				return attempts.apply(payload);
			}

		};
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What comes of mending a request.
	 */
	@FunctionalInterface
	private interface Recovery {

		boolean recover() throws IOException;

	}

	/**
	 * What a test may change before it makes its destination.
	 */
	private static final class Limits {

		private int maxAttempts = 5;

		private Duration backoff = Duration.ofMillis(1);

		private Duration timeout = Duration.ofSeconds(30);

		private Duration requestTimeout = Duration.ofSeconds(20);

		private Duration maxRetryAfter = Duration.ofMinutes(5);

		private int maxInFlight = 4;

	}

}
