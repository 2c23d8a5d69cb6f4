package com.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Not a test of Spring Boot's, which export no metrics.
 */
class MetricsTests {

	private final Set<String> meters = ConcurrentHashMap.newKeySet();

	@Test
	void aRequestIsMeasuredAndExportedWhenTheApplicationEnds() throws IOException, InterruptedException {
		HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		collector.createContext("/", this::take);
		collector.start();
		try {
			ConfigurableApplicationContext context = SpringApplication.run(HelloApplication.class, "--server.port=0",
					"--management.adot.collector.endpoint=http://127.0.0.1:" + collector.getAddress().getPort());
			URI uri = URI
				.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/hello");
			HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
			context.close();
			assertThat(this.meters).contains("http.server.requests", "jvm.memory.used");
		}
		finally {
			collector.stop(0);
		}
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange; var body = new GZIPInputStream(exchange.getRequestBody())) {
			if (exchange.getRequestURI().getPath().equals("/v1/metrics")) {
				ExportMetricsServiceRequest.parseFrom(body)
					.getResourceMetricsList()
					.forEach((resource) -> resource.getScopeMetricsList()
						.forEach((scope) -> scope.getMetricsList()
							.forEach((metric) -> this.meters.add(metric.getName()))));
			}
			exchange.sendResponseHeaders(200, -1);
		}
	}

}
