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
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BootOpenTelemetryTests {

	private static final Queue<Span> spans = new ConcurrentLinkedQueue<>();

	private static final Queue<String> paths = new ConcurrentLinkedQueue<>();

	private static HttpServer collector;

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private ApplicationContext context;

	@BeforeAll
	static void startCollector() throws IOException {
		collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/", BootOpenTelemetryTests::receive);
		collector.start();
	}

	@AfterAll
	static void stopCollector() {
		collector.stop(0);
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		String url = "http://localhost:" + collector.getAddress().getPort();
		registry.add("management.adot.export.to", () -> "collector");
		registry.add("management.adot.collector.endpoint", () -> url);
		registry.add("otel.exporter.otlp.compression", () -> "none");
		// What Boot would export to by itself.
		registry.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> url + "/boot");
		registry.add("management.tracing.sampling.probability", () -> "1");
		registry.add("management.otlp.metrics.export.enabled", () -> "false");
		registry.add("management.observations.annotations.enabled", () -> "true");
	}

	@Test
	void whatBothSeeIsOneSpanAndAnObservationIsWithinIt() throws IOException, InterruptedException {
		String hello = "http://localhost:" + this.port + "/hello";
		URI uri = URI.create("http://localhost:" + this.port + "/order?hello=" + hello);
		String traceId = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
			.body();
		// Both count after the response, and last of all what Micrometer observes.
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.meters.get("http.server.requests").tag("uri", "/order").timer().count()).isOne();
			assertThat(this.meters.get("tasks.scheduled.execution").timer().count()).isOne();
		});
		this.context.getBean(SdkTracerProvider.class).forceFlush().join(20, TimeUnit.SECONDS);

		List<Span> trace = spans.stream().filter((span) -> hex(span.getTraceId()).equals(traceId)).toList();
		Span order = only(trace, "GET /order");
		Span observed = only(trace, "OrderService#place");
		Span call = only(trace, "GET");
		Span called = only(trace, "GET /hello");
		Span annotated = only(trace, "GreetingService.greet");
		assertThat(trace).as("spans of %s", trace.stream().map(Span::getName).toList()).hasSize(5);
		assertThat(order.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
		assertThat(order.getParentSpanId()).isEqualTo(ByteString.EMPTY);
		assertThat(observed.getParentSpanId()).isEqualTo(order.getSpanId());
		assertThat(call.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
		assertThat(call.getParentSpanId()).isEqualTo(order.getSpanId());
		assertThat(called.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
		assertThat(called.getParentSpanId()).isEqualTo(call.getSpanId());
		assertThat(annotated.getParentSpanId()).isEqualTo(called.getSpanId());

		List<Span> others = spans.stream().filter((span) -> !trace.contains(span)).toList();
		assertThat(others).extracting(Span::getName).containsExactly("OrderService.report");
		assertThat(this.meters.get("http.server.requests").tag("uri", "/hello").timer().count()).isOne();
		assertThat(this.meters.get("http.client.requests").timer().count()).isOne();
		assertThat(paths).as("where spans and log records were sent")
			.contains("/v1/traces")
			.isSubsetOf("/v1/traces", "/v1/logs");
		assertThat(this.context.getBeanNamesForType(OpenTelemetry.class)).containsExactly("openTelemetry");
	}

	private static Span only(List<Span> trace, String name) {
		List<Span> named = trace.stream().filter((span) -> span.getName().equals(name)).toList();
		assertThat(named).as("%s of %s", name, trace.stream().map(Span::getName).toList()).hasSize(1);
		return named.get(0);
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	private static void receive(HttpExchange exchange) {
		try (exchange) {
			paths.add(exchange.getRequestURI().getPath());
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

	@TestConfiguration
	@EnableScheduling
	static class Scheduling {

	}

}
