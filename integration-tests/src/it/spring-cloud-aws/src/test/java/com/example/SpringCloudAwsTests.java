package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.awaitility.Awaitility;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SpringCloudAwsTests {

	private static final Queue<Span> spans = new ConcurrentLinkedQueue<>();

	private static HttpServer collector;

	private static SQSRestServer sqs;

	private static int sqsPort;

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private OrderApplication.CountingCustomizer customizer;

	@BeforeAll
	static void start() throws IOException {
		collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/", SpringCloudAwsTests::receive);
		collector.start();
		sqs = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
		sqsPort = sqs.waitUntilStarted().localAddress().getPort();
	}

	@AfterAll
	static void stop() {
		collector.stop(0);
		sqs.stopAndWait();
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		// Of the clients of the application; it must not redirect the telemetry.
		registry.add("spring.cloud.aws.endpoint", () -> "http://127.0.0.1:" + sqsPort);
		registry.add("spring.cloud.aws.region.static", () -> "eu-west-1");
		registry.add("spring.cloud.aws.credentials.access-key", () -> "AKIDEXAMPLE");
		registry.add("spring.cloud.aws.credentials.secret-key", () -> "secret");
		registry.add("management.adot.collector.endpoint",
				() -> "http://localhost:" + collector.getAddress().getPort());
		registry.add("management.otlp.metrics.export.enabled", () -> "false");
		registry.add("otel.exporter.otlp.compression", () -> "none");
		registry.add("otel.bsp.schedule.delay", () -> "50ms");
		registry.add("logging.level.org.elasticmq", () -> "warn");
		registry.add("logging.level.org.apache.pekko", () -> "warn");
	}

	@Test
	void aMessageIsInTheTraceOfTheRequestThatSentIt() throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + "/order");
		HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		Awaitility.await().untilAsserted(() -> {
			assertThat(spans).extracting(Span::getName).contains("GET /order", "orders process");
			assertThat(spans).anySatisfy((span) -> assertThat(span.getName()).startsWith("SELECT"));
		});
		Span request = only("GET /order");
		Span send = only("orders publish");
		Span process = only("orders process");
		List<Span> trace = spans.stream().filter((span) -> span.getTraceId().equals(request.getTraceId())).toList();
		assertThat(trace).as("%s", trace.stream().map(Span::getName).toList()).hasSize(5);
		assertThat(send.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(send.getKind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
		assertThat(process.getParentSpanId()).isEqualTo(send.getSpanId());
		assertThat(process.getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
		assertThat(trace).filteredOn((span) -> span.getName().startsWith("SELECT"))
			.singleElement()
			.satisfies((statement) -> assertThat(statement.getParentSpanId()).isEqualTo(process.getSpanId()));
		assertThat(this.customizer.clients()).as("clients that were customized").isPositive();
		print(request, 0, trace);
	}

	private static void print(Span span, int depth, List<Span> trace) {
		System.out.printf("%s%s %s %s%n", "  ".repeat(depth), span.getKind().name().substring(10), span.getName(),
				HexFormat.of().formatHex(span.getTraceId().toByteArray()));
		trace.stream()
			.filter((child) -> child.getParentSpanId().equals(span.getSpanId()))
			.forEach((child) -> print(child, depth + 1, trace));
	}

	private static Span only(String name) {
		List<Span> named = spans.stream().filter((span) -> span.getName().equals(name)).toList();
		assertThat(named).as("%s of %s", name, spans.stream().map(Span::getName).toList()).hasSize(1);
		assertThat(named.get(0).getTraceId()).isNotEqualTo(ByteString.EMPTY);
		return named.get(0);
	}

	private static void receive(HttpExchange exchange) {
		try (exchange) {
			ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
				.getResourceSpansList()
				.forEach((resource) -> resource.getScopeSpansList()
					.forEach((scope) -> spans.addAll(scope.getSpansList())));
			exchange.sendResponseHeaders(200, -1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
