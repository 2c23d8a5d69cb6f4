package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AwsEndpoint}, with requests that the AWS SDK signs.
 */
class AwsEndpointTests {

	private static final String PROTOBUF = "application/x-protobuf";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void storesSignedSpansWithTheirResourceAndScope() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			HttpResponse<byte[]> response = send(
					signed(endpoint, "/v1/traces", "xray", traces("GET /orders", "SELECT")));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
			assertThat(ExportTraceServiceResponse.parseFrom(response.body()))
				.isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
			assertThat(endpoint.awaitSpans(2)).extracting(ReceivedSpan::name).containsExactly("GET /orders", "SELECT");
			assertThat(endpoint.spans()).allSatisfy((span) -> {
				assertThat(span.resourceAttributes()).containsEntry("service.name", "shop");
				assertThat(span.scope().getName()).isEqualTo("test");
				assertThat(span.attributes()).containsEntry("http.response.status_code", 200L);
			});
			assertThat(endpoint.refusals()).isEmpty();
		}
	}

	@Test
	void unpacksWhatIsCompressedAndVerifiesTheCompressedBytes() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			byte[] compressed = gzip(traces("compressed"));
			HttpRequest request = signed(endpoint, "/v1/traces", "xray", compressed,
					Map.of("Content-Encoding", "gzip"));
			assertThat(send(request).statusCode()).isEqualTo(200);
			assertThat(endpoint.awaitRequests(1).get(0).body()).isEqualTo(compressed);
			assertThat(endpoint.spans()).extracting(ReceivedSpan::name).containsExactly("compressed");
		}
	}

	@Test
	void takesMetrics() throws Exception {
		ExportMetricsServiceRequest metrics = ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder()
				.addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(Metric.newBuilder().setName("orders"))))
			.build();
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			HttpRequest request = signed(endpoint, "/v1/metrics", "monitoring", metrics.toByteArray());
			assertThat(send(request).statusCode()).isEqualTo(200);
			assertThat(endpoint.awaitRequests(1).get(0).metrics()).isEqualTo(metrics);
		}
	}

	@Test
	void takesLogsOfAStream() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			HttpRequest request = signed(endpoint, "/v1/logs", "logs", logs().toByteArray(),
					Map.of("x-aws-log-group", "shop", "x-aws-log-stream", "default"));
			assertThat(send(request).statusCode()).isEqualTo(200);
			assertThat(endpoint.awaitRequests(1).get(0).logs()).isEqualTo(logs());
		}
	}

	@Test
	void refusesLogsOfNoStream() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			HttpRequest request = signed(endpoint, "/v1/logs", "logs", logs().toByteArray(),
					Map.of("x-aws-log-group", "shop"));
			assertThat(send(request).statusCode()).isEqualTo(400);
			assertThat(endpoint.refusals()).extracting(Verdict.Refused::message)
				.containsExactly("Missing required header x-aws-log-stream");
		}
	}

	@Test
	void saysWhyItRefusesInProtobuf() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			HttpResponse<byte[]> response = send(unsigned(endpoint, "/v1/traces", traces("unsigned")));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
			CodedInputStream status = CodedInputStream.newInstance(response.body());
			assertThat(status.readTag()).isEqualTo(1 << 3);
			assertThat(status.readInt32()).isEqualTo(7);
			assertThat(status.readTag()).isEqualTo(2 << 3 | 2);
			assertThat(status.readString()).isEqualTo("Missing Authentication Token");
			assertThat(status.isAtEnd()).isTrue();
			assertThat(endpoint.requests()).hasSize(1);
			assertThat(endpoint.spans()).isEmpty();
		}
	}

	@Test
	void saysWhyItRefusesInJson() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.builder().errorFormat(ErrorFormat.JSON).start()) {
			HttpResponse<byte[]> response = send(unsigned(endpoint, "/v1/traces", traces("unsigned")));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(response.body()).asString().isEqualTo("{\"message\": \"Missing Authentication Token\"}");
		}
	}

	@Test
	void isInTheRegionAndAtTheTimeItIsToldAndKnowsTheCredentialsItIsTold() throws Exception {
		AccessKey key = new AccessKey("ASIAEXAMPLE", "secret", "token");
		Clock clock = Clock.fixed(Instant.parse("2020-02-29T23:59:59Z"), ZoneOffset.UTC);
		try (AwsEndpoint endpoint = AwsEndpoint.builder()
			.credentials(key)
			.region("eu-central-1")
			.clock(clock)
			.start()) {
			HttpRequest good = signed(endpoint.url("/v1/traces"), "xray", "eu-central-1", key, clock, traces("good"));
			HttpRequest late = signed(endpoint.url("/v1/traces"), "xray", "eu-central-1", key,
					Clock.offset(clock, Duration.ofMinutes(-6)), traces("late"));
			assertThat(send(good).statusCode()).isEqualTo(200);
			assertThat(send(late).statusCode()).isEqualTo(403);
			assertThat(send(signed(endpoint, "/v1/traces", "xray", traces("bad"))).statusCode()).isEqualTo(403);
			assertThat(endpoint.spans()).extracting(ReceivedSpan::name).containsExactly("good");
		}
	}

	@Test
	void refusesTheSignatureOfAnotherSignal() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			assertThat(send(signed(endpoint, "/v1/metrics", "xray", new byte[0])).statusCode()).isEqualTo(403);
			assertThat(endpoint.refusals()).extracting(Verdict.Refused::message)
				.containsExactly("Credential should be scoped to correct service: 'monitoring'.");
		}
	}

	@Test
	void refusesWhatIsNotOtlp() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.withoutSignature()) {
			byte[] unknownField = ExportTraceServiceRequest.newBuilder()
				.addResourceSpans(ResourceSpans.newBuilder()
					.setUnknownFields(UnknownFieldSet.newBuilder()
						.addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
						.build()))
				.build()
				.toByteArray();
			assertThat(send(unsigned(endpoint, "/v1/traces", unknownField)).statusCode()).isEqualTo(400);
			assertThat(send(unsigned(endpoint, "/v1/traces", "no protobuf".getBytes(StandardCharsets.US_ASCII)))
				.statusCode()).isEqualTo(400);
			assertThat(send(unsigned(endpoint, "/v1/traces", traces("not gzip"), Map.of("Content-Encoding", "gzip")))
				.statusCode()).isEqualTo(400);
			assertThat(
					send(unsigned(endpoint, "/v1/traces", traces("json"), Map.of("Content-Type", "application/json")))
						.statusCode())
				.isEqualTo(415);
			assertThat(send(unsigned(endpoint, "/v1/spans", traces("elsewhere"))).statusCode()).isEqualTo(404);
			assertThat(endpoint.refusals()).hasSize(5)
				.first()
				.extracting(Verdict.Refused::message)
				.isEqualTo("Unknown fields in /v1/traces: [ResourceSpans#77]");
			assertThat(endpoint.spans()).isEmpty();
		}
	}

	@Test
	void playsACollectorThatRefusesSignedRequests() throws Exception {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			assertThat(send(unsigned(collector, "/v1/traces", traces("unsigned"))).statusCode()).isEqualTo(200);
			assertThat(send(signed(collector, "/v1/traces", "xray", traces("signed"))).statusCode()).isEqualTo(400);
			assertThat(send(unsigned(collector, "/v1/traces", traces("leak"), Map.of("X-Amz-Security-Token", "token")))
				.statusCode()).isEqualTo(400);
			assertThat(collector.spans()).extracting(ReceivedSpan::name).containsExactly("unsigned");
		}
	}

	@Test
	void answersAsToldAndIsThenItselfAgain() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			endpoint.enqueue(Answer.status(429).retryAfter("3"), Answer.error(503, "Slow down"), Answer.verified(),
					Answer.status(200).body("text/html", "<html>".getBytes(StandardCharsets.US_ASCII)));
			HttpRequest request = signed(endpoint, "/v1/traces", "xray", traces("retried"));
			HttpResponse<byte[]> tooMany = send(request);
			assertThat(tooMany.statusCode()).isEqualTo(429);
			assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("3");
			HttpResponse<byte[]> unavailable = send(request);
			assertThat(unavailable.statusCode()).isEqualTo(503);
			assertThat(unavailable.body()).asString(StandardCharsets.UTF_8).endsWith("Slow down");
			assertThat(endpoint.spans()).isEmpty();
			assertThat(send(request).statusCode()).isEqualTo(200);
			assertThat(endpoint.spans()).hasSize(1);
			assertThat(send(request).body()).asString().isEqualTo("<html>");
			assertThat(endpoint.spans()).hasSize(1);
			assertThat(send(request).body()).isEmpty();
			assertThat(endpoint.awaitSpans(2)).hasSize(2);
			assertThat(endpoint.refusals()).isEmpty();
		}
	}

	@Test
	void tellsThatItTookOnlyAPart() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			endpoint.enqueue(Answer.partialSuccess(3, "too old"),
					Answer.partialSuccessJson(Signal.LOGS, 3, "{\"tooOldLogEventCount\":3}"));
			HttpRequest request = signed(endpoint, "/v1/traces", "xray", traces("one"));
			HttpResponse<byte[]> binary = send(request);
			assertThat(binary.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
			assertThat(ExportTraceServiceResponse.parseFrom(binary.body()).getPartialSuccess()).satisfies((partial) -> {
				assertThat(partial.getRejectedSpans()).isEqualTo(3);
				assertThat(partial.getErrorMessage()).isEqualTo("too old");
			});
			HttpResponse<byte[]> json = send(request);
			assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(json.body()).asString()
				.isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"3\","
						+ "\"errorMessage\":\"{\\\"tooOldLogEventCount\\\":3}\"}}");
		}
	}

	@Test
	void canNotBeToldAnotherDate() {
		assertThatIllegalArgumentException().isThrownBy(() -> Answer.status(403).header("date", "yesterday"))
			.withMessageContaining("ScriptedEndpoint");
	}

	@Test
	void judgesAlsoWhatItAnswersAsTold() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			endpoint.enqueue(Answer.status(200));
			assertThat(send(unsigned(endpoint, "/v1/traces", traces("unsigned"))).statusCode()).isEqualTo(200);
			assertThat(endpoint.refusals()).extracting(Verdict.Refused::message)
				.containsExactly("Missing Authentication Token");
		}
	}

	@Test
	void closesTheConnectionInsteadOfAnAnswer() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			// The client tries once more on its own if a connection that it kept breaks,
			// so it gets a new one.
			endpoint.enqueue(Answer.closedConnection());
			HttpRequest request = signed(endpoint, "/v1/traces", "xray", traces("lost"));
			assertThatIOException().isThrownBy(() -> send(request));
			assertThat(endpoint.awaitRequests(1)).hasSize(1);
			assertThat(endpoint.spans()).isEmpty();
			assertThat(send(request).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void holdsAnAnswerBackUntilTheTestLetsItGo() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			endpoint.enqueue(Answer.verified().after(gate));
			CompletableFuture<HttpResponse<byte[]>> response = this.client
				.sendAsync(signed(endpoint, "/v1/traces", "xray", traces("slow")), BodyHandlers.ofByteArray());
			endpoint.awaitRequests(1);
			assertThat(response).isNotDone();
			gate.countDown();
			assertThat(response.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void waitsForWhatIsStillToCome() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			for (String name : new String[] { "one", "two", "three" }) {
				this.client.sendAsync(signed(endpoint, "/v1/traces", "xray", traces(name)), BodyHandlers.discarding());
			}
			assertThat(endpoint.awaitSpans(3)).extracting(ReceivedSpan::name)
				.containsExactlyInAnyOrder("one", "two", "three");
		}
	}

	@Test
	void saysWhatCameInsteadOfWhatWasExpected() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.builder().patience(Duration.ofMillis(1)).start()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> endpoint.awaitRequests(1))
				.withMessageContaining("Expected 1 requests within PT0.001S but there were 0")
				.withMessageContaining("No request was received at all");
			endpoint.enqueue(Answer.status(503));
			send(unsigned(endpoint, "/v1/traces", new byte[0]));
			send(unsigned(endpoint, "/v1/traces", new byte[0]));
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> endpoint.awaitSpans(1))
				.withMessageContaining("Expected 1 accepted spans")
				.withMessageContaining("POST /v1/traces (0 bytes): answered 503 as told, judged 403")
				.withMessageContaining("POST /v1/traces (0 bytes): 403 MissingAuthenticationTokenException: "
						+ "Missing Authentication Token");
		}
	}

	private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, BodyHandlers.ofByteArray());
	}

	private static HttpRequest unsigned(AwsEndpoint endpoint, String path, byte[] body) {
		return unsigned(endpoint, path, body, Map.of());
	}

	private static HttpRequest unsigned(AwsEndpoint endpoint, String path, byte[] body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url(path))
			.timeout(Duration.ofSeconds(20))
			.setHeader("Content-Type", PROTOBUF)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		headers.forEach(request::setHeader);
		return request.build();
	}

	private static HttpRequest signed(AwsEndpoint endpoint, String path, String service, byte[] body) {
		return signed(endpoint, path, service, body, Map.of());
	}

	private static HttpRequest signed(AwsEndpoint endpoint, String path, String service, byte[] body,
			Map<String, String> headers) {
		return signed(endpoint.url(path), service, AwsEndpoint.REGION, AccessKey.EXAMPLE, Clock.systemUTC(), body,
				headers);
	}

	private static HttpRequest signed(URI uri, String service, String region, AccessKey key, Clock clock, byte[] body) {
		return signed(uri, service, region, key, clock, body, Map.of());
	}

	private static HttpRequest signed(URI uri, String service, String region, AccessKey key, Clock clock, byte[] body,
			Map<String, String> headers) {
		SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
			.method(SdkHttpMethod.POST)
			.uri(uri)
			.putHeader("Content-Type", PROTOBUF);
		headers.forEach(unsigned::putHeader);
		SdkHttpRequest signed = AwsV4HttpSigner.create()
			.sign((input) -> input.request(unsigned.build())
				.identity(identity(key))
				.payload(ContentStreamProvider.fromByteArray(body))
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
				.putProperty(AwsV4HttpSigner.REGION_NAME, region)
				.putProperty(HttpSigner.SIGNING_CLOCK, clock))
			.request();
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(20))
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		signed.forEachHeader((name, values) -> {
			if (!name.equalsIgnoreCase("Host")) {
				request.setHeader(name, values.get(0));
			}
		});
		return request.build();
	}

	private static AwsCredentialsIdentity identity(AccessKey key) {
		if (key.sessionToken() == null) {
			return AwsCredentialsIdentity.create(key.id(), key.secret());
		}
		return AwsSessionCredentialsIdentity.create(key.id(), key.secret(), key.sessionToken());
	}

	private static byte[] traces(String... names) {
		ScopeSpans.Builder spans = ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName("test"));
		for (String name : names) {
			spans.addSpans(Span.newBuilder()
				.setName(name)
				.setSpanId(ByteString.copyFrom(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }))
				.addAttributes(KeyValue.newBuilder()
					.setKey("http.response.status_code")
					.setValue(AnyValue.newBuilder().setIntValue(200))));
		}
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(Resource.newBuilder()
					.addAttributes(KeyValue.newBuilder()
						.setKey("service.name")
						.setValue(AnyValue.newBuilder().setStringValue("shop"))))
				.addScopeSpans(spans))
			.build()
			.toByteArray();
	}

	private static ExportLogsServiceRequest logs() {
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.addScopeLogs(ScopeLogs.newBuilder()
					.addLogRecords(LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("ordered")))))
			.build();
	}

	private static byte[] gzip(byte[] content) throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(content);
		}
		return compressed.toByteArray();
	}

}
