package io.github.adotspring.autoconfigure;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the SDK's own metrics in an application with the actuator.
 */
class SdkMeterTests {

	@Test
	void theActuatorShowsWhatTheSdkCounts() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.endpoints.web.exposure.include=metrics")) {
			application.get("/first");
			application.get("/second");
			application.awaitExactly(2);
			application.flush();
			// No meter is read before: a request that is delivered is enough.
			Awaitility.await().untilAsserted(() -> {
				application.get("/second");
				assertThat(application.get("/actuator/metrics")).contains("\"otel.sdk.exporter.span.exported\"");
			});
			Awaitility.await()
				.untilAsserted(() -> assertThat(application.get("/actuator/metrics/otel.sdk.exporter.span.exported"))
					.contains("\"COUNT\",\"value\":" + application.collector().spans().size() + ".0")
					.contains("otlp_http_span_exporter"));
			assertThat(application.get("/actuator/metrics/otel.sdk.processor.span.queue.capacity"))
				.contains("\"VALUE\",\"value\":2048.0");
		}
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping({ "/first", "/second" })
		String answer() {
			return "";
		}

	}

}
