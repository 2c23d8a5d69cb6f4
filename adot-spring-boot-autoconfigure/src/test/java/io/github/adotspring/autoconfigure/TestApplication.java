package io.github.adotspring.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.sdk.OpenTelemetrySdk;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application as users start it, together with the collector that it exports to. Its
 * properties are command line arguments; {@code test.collector} is the URL of the
 * collector. Metrics and logs are off unless they are switched on.
 */
final class TestApplication implements AutoCloseable {

	private final AwsEndpoint collector;

	private final ConfigurableApplicationContext context;

	// HTTP/1.1 keeps requests on one connection, and so in their order.
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private TestApplication(AwsEndpoint collector, ConfigurableApplicationContext context) {
		this.collector = collector;
		this.context = context;
	}

	/**
	 * Starts an application that exports to its collector.
	 */
	static TestApplication start(Class<?> source, String... properties) {
		return startWithoutEndpoint(source,
				concat(List.of("management.adot.collector.endpoint=${test.collector}"), properties));
	}

	/**
	 * Starts an application that is told of its collector only by the properties given.
	 */
	static TestApplication startWithoutEndpoint(Class<?> source, String... properties) {
		AwsEndpoint collector = AwsEndpoint.withoutSignature();
		try {
			List<String> defaults = List.of("test.collector=" + collector.url(), "server.port=0",
					"management.otlp.metrics.export.enabled=false", "management.adot.logging.export.to=none",
					"otel.bsp.schedule.delay=20ms", "logging.level.org=off", "logging.level.com=off",
					"spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false");
			Map<String, String> arguments = new LinkedHashMap<>();
			for (String property : concat(defaults, properties)) {
				arguments.put(property.substring(0, property.indexOf('=')), "--" + property);
			}
			return new TestApplication(collector,
					new SpringApplicationBuilder(source).run(arguments.values().toArray(String[]::new)));
		}
		catch (RuntimeException | Error ex) {
			collector.close();
			throw ex;
		}
	}

	/**
	 * Gets a page and returns its body.
	 * @param path path and query of the page
	 * @param headers names and values in turn
	 */
	String get(String path, String... headers) {
		HttpResponse<String> response = exchange(path, headers);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	HttpResponse<String> exchange(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url(path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(path, request);
	}

	HttpResponse<String> post(String path) {
		return send(path, HttpRequest.newBuilder(url(path)).POST(BodyPublishers.noBody()));
	}

	private HttpResponse<String> send(String path, HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError("No answer from " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + path, ex);
		}
	}

	URI url(String path) {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	AwsEndpoint collector() {
		return this.collector;
	}

	/**
	 * Waits for this many spans and expects no more to have come with them.
	 */
	List<ReceivedSpan> awaitExactly(int count) {
		List<ReceivedSpan> spans = this.collector.awaitSpans(count);
		assertThat(spans).extracting(ReceivedSpan::name).hasSize(count);
		return spans;
	}

	ReceivedSpan awaitSpan(String name) {
		return awaitSpan((span) -> span.name().equals(name));
	}

	ReceivedSpan awaitSpan(Predicate<ReceivedSpan> predicate) {
		int count = 1;
		while (true) {
			List<ReceivedSpan> spans = this.collector.awaitSpans(count);
			for (ReceivedSpan span : spans) {
				if (predicate.test(span)) {
					return span;
				}
			}
			count = spans.size() + 1;
		}
	}

	/**
	 * Waits until everything that ended so far was exported, if anything is.
	 */
	void flush() {
		assertThat(
				bean(OpenTelemetrySdk.class).getSdkTracerProvider().forceFlush().join(15, TimeUnit.SECONDS).isSuccess())
			.isTrue();
	}

	/**
	 * Stops the application and leaves the collector running.
	 */
	void stop() {
		this.context.close();
	}

	private static String[] concat(List<String> first, String... second) {
		return Stream.concat(first.stream(), Stream.of(second)).toArray(String[]::new);
	}

	@Override
	public void close() {
		try (this.collector) {
			stop();
			assertThat(this.collector.refusals()).isEmpty();
		}
	}

}
