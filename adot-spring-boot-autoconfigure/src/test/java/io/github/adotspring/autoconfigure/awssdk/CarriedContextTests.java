package io.github.adotspring.autoconfigure.awssdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the context that requests carry to services which pass it on.
 */
class CarriedContextTests {

	private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

	private HttpServer server;

	private String reply = "{}";

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void eventsHaveTheHeaderInAFieldUnlessTheApplicationSetIt() {
		try (TracedMessages traced = TracedMessages.of(EventBridgeClient.class,
				() -> configured(EventBridgeClient.builder()))) {
			traced.client(EventBridgeClient.class)
				.putEvents((request) -> request.entries(
						PutEventsRequestEntry.builder().source("shop").detail("{}").build(),
						PutEventsRequestEntry.builder().source("shop").traceHeader("Root=own").build()));
			SpanData call = traced.span("EventBridge.PutEvents");
			assertThat(this.requests.peek().body()).contains("\"TraceHeader\":\"" + header(call) + "\"",
					"\"TraceHeader\":\"Root=own\"");
			assertThat(this.requests.peek().header()).isEqualTo(header(call));
		}
	}

	@Test
	void anInvocationHasThePropagatorsInItsClientContext() {
		String own = Base64.getEncoder().encodeToString("{\"custom\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8));
		try (TracedMessages traced = TracedMessages.of(LambdaClient.class, () -> configured(LambdaClient.builder()))) {
			boolean global = GlobalOpenTelemetry.isSet();
			traced.client(LambdaClient.class).invoke((request) -> request.functionName("pack").clientContext(own));
			SpanData call = traced.span("Lambda.Invoke");
			String context = new String(Base64.getDecoder().decode(this.requests.peek().clientContext()),
					StandardCharsets.UTF_8);
			assertThat(context.replace(" ", "")).startsWith("{\"custom\":{\"a\":\"b\",\"traceparent\":\"00-%s-%s-"
				.formatted(call.getTraceId(), call.getSpanId()));
			assertThat(this.requests.peek().header()).isEqualTo(header(call));
			assertThat(GlobalOpenTelemetry.isSet()).as("global OpenTelemetry").isEqualTo(global);
		}
	}

	@Test
	void anInvocationKeepsAClientContextThatIsNone() {
		try (TracedMessages traced = TracedMessages.of(LambdaClient.class, () -> configured(LambdaClient.builder()))) {
			traced.client(LambdaClient.class).invoke((request) -> request.functionName("pack").clientContext("WzFd"));
			assertThat(this.requests.peek().clientContext()).isEqualTo("WzFd");
		}
	}

	@Test
	void aNotificationHasTheHeaderOfHttp() {
		this.reply = "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";
		try (TracedMessages traced = TracedMessages.of(SnsClient.class, () -> configured(SnsClient.builder()))) {
			traced.client(SnsClient.class)
				.publish((request) -> request.topicArn("arn:aws:sns:eu-west-1:1:t").message("m"));
			assertThat(this.requests.peek().header()).isEqualTo(header(traced.spans().get(0)));
			assertThat(this.requests.peek().body()).doesNotContain("traceparent");
		}
	}

	@Test
	void aRequestHasTheLineageInTheHeaderAndNoBaggage() {
		Context received = XrayPropagator.getInstance()
			.extract(Context.root(),
					"Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
							+ ";Lineage=1:a87bd80c:0")
			.with(Baggage.builder().put("customer", "7").build());
		this.reply = "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";
		try (TracedMessages traced = TracedMessages.of(SnsClient.class, () -> configured(SnsClient.builder()))) {
			received
				.wrap((Runnable) () -> traced.client(SnsClient.class)
					.publish((request) -> request.topicArn("arn:aws:sns:eu-west-1:1:t").message("m")))
				.run();
			assertThat(this.requests.peek().header())
				.isEqualTo(header(traced.spans().get(0)) + ";Lineage=1:a87bd80c:0");
			assertThat(this.requests.peek().baggage()).isNull();
		}
	}

	@Test
	void headersOfTheApplicationStay() {
		this.reply = "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";
		try (TracedMessages traced = TracedMessages.of(SnsClient.class, () -> configured(SnsClient.builder()))) {
			traced.client(SnsClient.class)
				.publish((request) -> request.topicArn("arn:aws:sns:eu-west-1:1:t")
					.message("m")
					.overrideConfiguration((call) -> call.putHeader("baggage", "own=1")));
			assertThat(this.requests.peek().header()).isEqualTo(header(traced.spans().get(0)));
			assertThat(this.requests.peek().baggage()).isEqualTo("own=1");
		}
	}

	@Test
	void notificationsOfABatchHaveThePropagatorsAsAttributesOnRequest() {
		this.reply = "<PublishBatchResponse><PublishBatchResult/></PublishBatchResponse>";
		try (TracedMessages traced = TracedMessages.of(SnsClient.class, () -> configured(SnsClient.builder()),
				"otel.instrumentation.aws-sdk.experimental-use-propagator-for-messaging=true")) {
			traced.client(SnsClient.class)
				.publishBatch((request) -> request.topicArn("arn:aws:sns:eu-west-1:1:t")
					.publishBatchRequestEntries(PublishBatchRequestEntry.builder().id("1").message("m").build()));
			SpanData call = traced.spans().get(0);
			assertThat(URLDecoder.decode(this.requests.peek().body(), StandardCharsets.UTF_8)).contains("traceparent",
					"00-%s-%s-".formatted(call.getTraceId(), call.getSpanId()));
			assertThat(this.requests.peek().header()).isEqualTo(header(call));
		}
	}

	@Test
	void aRecordOfKinesisHasNoPlaceForItSoOnlyTheRequestHasTheHeader() {
		// An empty map as CBOR.
		this.reply = "\u00bf\u00ff";
		try (TracedMessages traced = TracedMessages.of(KinesisClient.class,
				() -> configured(KinesisClient.builder()))) {
			traced.client(KinesisClient.class)
				.putRecord((request) -> request.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("d")));
			assertThat(this.requests.peek().header()).isEqualTo(header(traced.span("Kinesis.PutRecord")));
		}
	}

	private static String header(SpanData span) {
		return XrayPropagator.getInstance().header(Context.root().with(Span.wrap(span.getSpanContext())));
	}

	private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C configured(B builder) {
		return builder.httpClient(new JdkSdkHttpClient(Duration.ofSeconds(10)))
			.endpointOverride(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()))
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.requests.add(new Request(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"),
					exchange.getRequestHeaders().getFirst("X-Amz-Client-Context"),
					exchange.getRequestHeaders().getFirst("baggage"), body));
			byte[] answer = this.reply.getBytes(StandardCharsets.ISO_8859_1);
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	private record Request(String header, String clientContext, String baggage, String body) {

	}

}
