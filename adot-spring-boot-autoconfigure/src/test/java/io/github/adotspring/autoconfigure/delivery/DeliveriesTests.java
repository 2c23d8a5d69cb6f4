package io.github.adotspring.autoconfigure.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.ErrorFormat;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deliveries}: the whole way of spans from upstream's exporter to an
 * endpoint that refuses what AWS refuses.
 */
@Timeout(60)
final class DeliveriesTests {

	private static final String REGION = "management.adot.aws.region=us-east-1";

	private static final AccessKey TEMPORARY = new AccessKey("ASIAIOSFODNN7EXAMPLE", "temporary-secret",
			"IQoJb3JpZ2luX2VjE+t0ken==");

	private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsSessionCredentials.create(TEMPORARY.id(), TEMPORARY.secret(), "IQoJb3JpZ2luX2VjE+t0ken=="));

	private SystemProperties system;

	private LogLines log;

	@BeforeEach
	void forgetTheAwsAccountOfThisMachine() {
		this.system = SystemProperties.withoutAws();
		this.log = LogLines.listen();
	}

	@AfterEach
	void restore() {
		this.log.close();
		this.system.close();
	}

	@Test
	void signsWhatGoesToAws() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(TEMPORARY).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION)) {
			assertThat(pipeline.export(3)).isTrue();
			assertThat(xray.spans()).extracting(ReceivedSpan::name).containsExactly("span 0", "span 1", "span 2");
			assertThat(xray.refusals()).isEmpty();
			assertThat(pipeline.status().exported()).isEqualTo(3);
			assertThat(pipeline.status().lastSuccess()).isNotNull();
			assertThat(this.log.lines()).isEmpty();
		}
	}

	@Test
	void sendsTheSameBytesInEveryAttemptAndSignsEachAnew() {
		AtomicInteger resolved = new AtomicInteger();
		AccessKey[] keys = { new AccessKey("AKID1", "secret-1", null), new AccessKey("AKID2", "secret-2", null),
				new AccessKey("AKID3", "secret-3", null) };
		AwsCredentialsProvider rotating = () -> {
			AccessKey key = keys[resolved.getAndIncrement() % keys.length];
			return AwsBasicCredentials.create(key.id(), key.secret());
		};
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(keys).start();
				Pipeline pipeline = Pipeline.toAws(xray, rotating, REGION)) {
			xray.enqueue(Answer.status(503), Answer.closedConnection());
			assertThat(pipeline.export(2)).isTrue();
			List<ReceivedRequest> requests = xray.requests();
			assertThat(requests).hasSize(3);
			assertThat(xray.refusals()).isEmpty();
			assertThat(requests).extracting((request) -> credentialOf(request))
				.containsExactly("AKID1", "AKID2", "AKID3");
			assertThat(requests).allSatisfy((request) -> {
				assertThat(request.body()).isEqualTo(requests.get(0).body());
				assertThat(request.header("content-encoding")).isEqualTo("gzip");
				assertThat(request.header("content-length")).isEqualTo(String.valueOf(request.body().length));
				assertThat(request.traces().getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(2);
			});
		}
	}

	@Test
	void signsEachAttemptForItsOwnTime() throws Exception {
		TickingClock clock = new TickingClock();
		SigV4Signer signer = AwsFixtures.signer(CREDENTIALS, clock);
		DeliveryExecutor executor = new DeliveryExecutor();
		try (AwsEndpoint xray = AwsEndpoint.builder()
			.credentials(TEMPORARY)
			.clock(Clock.fixed(Instant.parse("2024-02-29T12:02:00Z"), ZoneOffset.UTC))
			.start(); executor) {
			xray.enqueue(Answer.status(503), Answer.status(503));
			HttpTransport transport = new HttpTransport(Duration.ofSeconds(10), null);
			HttpFormat format = new OtlpFormat(Map::of, null);
			RequestFactory requests = HttpRequests.signed(
					() -> new io.github.adotspring.autoconfigure.aws.AwsEndpoint(AwsService.XRAY,
							xray.url("/v1/traces"), "us-east-1", "a test"),
					signer, format, transport, Duration.ofSeconds(10));
			HttpDestination destination = new HttpDestination(format, requests, transport, executor,
					new ExchangeLimits(
							new RetrySchedule(5, Duration.ofMillis(1), Duration.ofMillis(1), (bound) -> bound),
							Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMinutes(5), 1),
					clock);
			assertThat(destination.deliver(Spans.payload(1)).get(30, TimeUnit.SECONDS).isDelivered()).isTrue();
			assertThat(xray.refusals()).isEmpty();
			assertThat(xray.requests()).extracting((request) -> request.header("x-amz-date"))
				.containsExactly("20240229T120100Z", "20240229T120200Z", "20240229T120300Z");
		}
	}

	@Test
	void sendsAndSignsTheUsersHeadersButNotTheirAuthorization() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(TEMPORARY).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION,
						"otel.exporter.otlp.headers=x-tenant=shop,Authorization=Bearer%20collectors-key")) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(xray.refusals()).isEmpty();
			ReceivedRequest request = xray.requests().get(0);
			assertThat(request.headerValues("x-tenant")).containsExactly("shop");
			assertThat(request.headerValues("authorization")).singleElement()
				.asString()
				.startsWith("AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/")
				.containsPattern("SignedHeaders=[a-z0-9;-]*x-tenant");
			assertThat(request.headers().toString()).doesNotContain("collectors-key");
		}
	}

	@Test
	void sendsTheUsersHeadersToACollectorAndNothingOfAws() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
				Pipeline pipeline = Pipeline.toCollector("management.adot.collector.endpoint=" + collector.url(),
						"otel.exporter.otlp.headers=x-tenant=shop,Authorization=Bearer%20collectors-key")) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(collector.refusals()).isEmpty();
			ReceivedRequest request = collector.requests().get(0);
			assertThat(request.path()).isEqualTo("/v1/traces");
			assertThat(request.headerValues("x-tenant")).containsExactly("shop");
			assertThat(request.headerValues("authorization")).containsExactly("Bearer collectors-key");
			assertThat(request.headers().keySet())
				.noneMatch((name) -> name.toLowerCase(Locale.ROOT).startsWith("x-amz"));
		}
	}

	@Test
	void compressesOnlyWhereTheUserWantsIt() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
				Pipeline pipeline = Pipeline.toCollector("management.adot.collector.endpoint=" + collector.url(),
						"otel.exporter.otlp.compression=none")) {
			assertThat(pipeline.export(1)).isTrue();
			assertThat(collector.requests().get(0).header("content-encoding")).isNull();
			assertThat(collector.spans()).hasSize(1);
		}
	}

	@Test
	void sendsNothingWithoutCredentialsAndSaysOnceHowToGetThem() {
		try (AwsEndpoint xray = AwsEndpoint.start(); Pipeline pipeline = Pipeline.toAws(xray, null, REGION)) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.export(3)).isFalse();
			assertThat(xray.requests()).isEmpty();
			assertThat(pipeline.status().dropped()).isEqualTo(5);
			assertThat(pipeline.status().failed()).isZero();
			assertThat(this.log.lines())
				.containsExactly("WARN No AWS credentials were found for the export of telemetry "
						+ "(credentials from the default chain). Give the task, pod or instance a role, or set "
						+ "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set 'management.adot.aws.profile'.");
		}
	}

	@Test
	void sendsNothingWithoutARegionAndSaysOnceHowToSetIt() {
		try (AwsEndpoint xray = AwsEndpoint.start(); Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS)) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.export(3)).isFalse();
			assertThat(xray.requests()).isEmpty();
			assertThat(pipeline.status().dropped()).isEqualTo(5);
			assertThat(this.log.lines()).containsExactly("WARN No AWS region was found for the export of telemetry. "
					+ "Set 'management.adot.aws.region' (for example to 'eu-west-1'), or the environment variable "
					+ "AWS_REGION, or a region in the AWS configuration file.");
		}
	}

	@Test
	void saysWhyAwsRefused() {
		String reason = "The OTLP API is supported with CloudWatch Logs as a Trace Segment Destination.";
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(TEMPORARY).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION)) {
			xray.enqueue(Answer.error(400, reason));
			assertThat(pipeline.export(4)).isFalse();
			assertThat(xray.requests()).hasSize(1);
			assertThat(pipeline.lastError()).isEqualTo("HTTP 400: " + reason);
			assertThat(this.log.lines()).singleElement()
				.asString()
				.startsWith("WARN Traces can't be delivered to " + xray.url("/v1/traces") + ": HTTP 400: " + reason
						+ " 4 spans were lost. AWS X-Ray takes OTLP only with Transaction Search")
				.endsWith(" What follows is said once a minute.");
		}
	}

	@Test
	void saysWhyAwsRefusedInJson() {
		try (AwsEndpoint xray = AwsEndpoint.builder().errorFormat(ErrorFormat.JSON).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION)) {
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.lastError())
				.isEqualTo("HTTP 403: The security token included in the request is invalid.");
		}
	}

	@Test
	void keepsTheSessionTokenOutOfLogAndStatusWhenAwsRepeatsTheRequest() {
		String body = """
				{"message":"The request signature we calculated does not match the signature you provided.\\n\\n\
				The Canonical String for this request should have been\\n'POST\\n/v1/traces\\n\\n\
				x-amz-security-token:%s\\n'"}""".formatted(TEMPORARY.sessionToken());
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(TEMPORARY).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION)) {
			xray.enqueue(Answer.status(403).body("application/json", body.getBytes(StandardCharsets.UTF_8)),
					Answer.error(403, "x-amz-security-token:" + TEMPORARY.sessionToken()));
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.lastError())
				.isEqualTo("HTTP 403: The request signature we calculated does not match the signature you provided.");
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.lastError()).isEqualTo("HTTP 403: (redacted)");
			assertThat(this.log.lines()).hasSize(1).noneMatch((line) -> line.contains("t0ken"));
		}
	}

	@Test
	void countsEverySpanOnceWhateverBecomesOfIt() {
		try (AwsEndpoint xray = AwsEndpoint.builder().credentials(TEMPORARY).start();
				Pipeline pipeline = Pipeline.toAws(xray, CREDENTIALS, REGION,
						"management.adot.delivery.retry.max-attempts=2")) {
			assertThat(pipeline.export(1)).isTrue();
			xray.enqueue(Answer.status(400));
			assertThat(pipeline.export(2)).isFalse();
			xray.enqueue(Answer.status(503), Answer.status(503));
			assertThat(pipeline.export(4)).isFalse();
			xray.enqueue(Answer.status(503));
			assertThat(pipeline.export(8)).isTrue();
			pipeline.closeContext();
			assertThat(pipeline.export(16)).isFalse();
			assertThat(pipeline.status().exported()).isEqualTo(9);
			assertThat(pipeline.status().rejected()).isEqualTo(2);
			assertThat(pipeline.status().failed()).isEqualTo(4);
			assertThat(pipeline.status().dropped()).isEqualTo(16);
			assertThat(pipeline.status().received()).isEqualTo(31);
			assertThat(this.log.lines()).hasSize(2);
			assertThat(this.log.lines().get(0))
				.startsWith("WARN Traces can't be delivered to " + xray.url("/v1/traces"));
			assertThat(this.log.lines().get(1)).startsWith("INFO Traces are delivered again after ")
				.endsWith(": 6 spans were lost");
		}
	}

	@Test
	void saysOnceThatNobodyListensAndOnceThatSomebodyDoesAgain() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
				Pipeline pipeline = Pipeline.toCollector("management.adot.collector.endpoint=" + collector.url(),
						"management.adot.delivery.retry.max-attempts=1")) {
			collector.enqueue(Answer.closedConnection(), Answer.status(502), Answer.status(429));
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.export(1)).isFalse();
			assertThat(this.log.lines()).singleElement()
				.asString()
				.startsWith("WARN Traces can't be delivered to " + collector.url("/v1/traces") + ": no connection: ")
				.contains(". 1 spans were lost.");
			assertThat(pipeline.export(1)).isTrue();
			assertThat(this.log.lines()).hasSize(2)
				.last()
				.asString()
				.startsWith("INFO Traces are delivered again after ")
				.endsWith(": 3 spans were lost");
		}
	}

	@Test
	void keepsToTheTimeoutOfUpstreamWhereItHasNoneOfItsOwn() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent();
				Pipeline pipeline = Pipeline.toCollector("management.adot.collector.endpoint=" + silent.url(),
						"otel.exporter.otlp.timeout=150", "management.adot.delivery.retry.max-attempts=1")) {
			assertThat(pipeline.export(1)).isFalse();
			assertThat(pipeline.lastError()).isEqualTo("no answer in time");
		}
	}

	private static String credentialOf(ReceivedRequest request) {
		String authorization = String.valueOf(request.header("authorization"));
		return authorization.substring(authorization.indexOf('=') + 1, authorization.indexOf('/'));
	}

	/**
	 * A minute passes each time that somebody looks.
	 */
	private static final class TickingClock extends Clock {

		private Instant now = Instant.parse("2024-02-29T12:00:00Z");

		@Override
		public Instant instant() {
			this.now = this.now.plusSeconds(60);
			return this.now;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
