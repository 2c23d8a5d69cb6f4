package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the properties that name the endpoint of traces and what is sent to it.
 */
class TracesEndpointTests {

	private final AwsEndpoint other = AwsEndpoint.withoutSignature();

	@AfterEach
	void otherEndpointIsNotUsed() {
		try (this.other) {
			assertThat(this.other.requests()).isEmpty();
		}
	}

	@Test
	void endpointAndHeadersOfBootAreUsed() {
		ReceivedRequest request = request(
				"management.opentelemetry.tracing.export.otlp.endpoint=${test.collector}/v1/traces",
				"management.opentelemetry.tracing.export.otlp.headers.x-tenant=blue, green=1");
		assertThat(request.headerValues("x-tenant")).containsExactly("blue, green=1");
		assertThat(request.headerValues("Content-Encoding")).containsExactly("gzip");
	}

	@Test
	void compressionOfBootIsUsed() {
		assertThat(request("management.opentelemetry.tracing.export.otlp.endpoint=${test.collector}/v1/traces",
				"management.opentelemetry.tracing.export.otlp.compression=none")
			.headerValues("Content-Encoding")).isEmpty();
	}

	@Test
	void endpointOfOtelWinsOverThatOfBoot() {
		request("otel.exporter.otlp.endpoint=${test.collector}",
				"management.opentelemetry.tracing.export.otlp.endpoint=" + this.other.url("/v1/traces"));
	}

	@Test
	void endpointOfTheSignalWinsOverTheGeneralOne() {
		request("otel.exporter.otlp.traces.endpoint=${test.collector}/v1/traces",
				"otel.exporter.otlp.endpoint=" + this.other.url());
	}

	@Test
	void endpointOfTheStarterWinsOverAllOthers() {
		request("management.adot.collector.endpoint=${test.collector}",
				"otel.exporter.otlp.endpoint=" + this.other.url(),
				"otel.exporter.otlp.traces.endpoint=" + this.other.url("/v1/traces"),
				"management.opentelemetry.tracing.export.otlp.endpoint=" + this.other.url("/v1/traces"));
	}

	@Test
	void headersOfOtelAreSent() {
		ReceivedRequest request = request("management.adot.collector.endpoint=${test.collector}",
				"otel.exporter.otlp.headers=x-tenant=blue,authorization=Bearer%20secret");
		assertThat(request.headerValues("x-tenant")).containsExactly("blue");
		assertThat(request.headerValues("Authorization")).containsExactly("Bearer secret");
	}

	/**
	 * The only request that an application makes that is asked for one page.
	 */
	private static ReceivedRequest request(String... properties) {
		try (TestApplication application = TestApplication.startWithoutEndpoint(Shop.class, properties)) {
			application.get("/");
			application.awaitSpan("GET /");
			application.stop();
			assertThat(application.collector().requests()).hasSize(1);
			return application.collector().requests().get(0);
		}
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/")
		String hello() {
			return "";
		}

	}

}
