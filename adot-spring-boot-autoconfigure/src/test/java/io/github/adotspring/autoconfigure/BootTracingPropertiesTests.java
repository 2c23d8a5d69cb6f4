package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the properties that Spring Boot users already have for traces.
 */
class BootTracingPropertiesTests {

	@Test
	void samplingProbabilityDecidesOnNewTracesOnly() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.tracing.sampling.probability=0.0")) {
			application.get("/span");
			application.get("/details", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-01");
			assertThat(application.awaitExactly(1)).extracting(ReceivedSpan::name).containsExactly("GET /details");
		}
	}

	@Test
	void samplerOfOtelWinsOverTheSamplingProbability() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.tracing.sampling.probability=0.0", "otel.traces.sampler=always_on")) {
			application.get("/span");
			application.awaitSpan("GET /span");
		}
	}

	@Test
	void makesSpansButExportsNoneWhereTheExportIsOff() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.tracing.export.enabled=false")) {
			assertThat(application.get("/span")).isEqualTo("valid, recording");
			application.stop();
			assertThat(application.collector().requests()).isEmpty();
		}
	}

	@Test
	void makesNoSpansWhereOpenTelemetryIsOff() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.opentelemetry.enabled=false")) {
			assertThat(application.bean(OpenTelemetry.class)).isSameAs(OpenTelemetry.noop());
			assertThat(application.get("/span")).isEqualTo("invalid, not recording");
			application.stop();
			assertThat(application.collector().requests()).isEmpty();
		}
	}

	@Test
	void limitsHowMuchASpanHolds() {
		try (TestApplication application = TestApplication.start(Shop.class,
				"management.opentelemetry.tracing.limits.max-attribute-value-length=3",
				"management.opentelemetry.tracing.limits.max-attributes=4",
				"management.opentelemetry.tracing.limits.max-events=1")) {
			application.get("/details");
			ReceivedSpan span = application.awaitSpan("GET /details");
			assertThat(span.attributes()).hasSize(4);
			assertThat(span.attributes().values()).filteredOn(String.class::isInstance)
				.allSatisfy((value) -> assertThat((String) value).hasSizeLessThanOrEqualTo(3));
			assertThat(span.span().getDroppedAttributesCount()).isPositive();
			assertThat(span.span().getEventsCount()).isEqualTo(1);
			assertThat(span.span().getDroppedEventsCount()).isEqualTo(1);
		}
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/span")
		String span() {
			Span span = Span.current();
			return (span.getSpanContext().isValid() ? "valid, " : "invalid, ")
					+ (span.isRecording() ? "recording" : "not recording");
		}

		@GetMapping("/details")
		String details() {
			Span.current().addEvent("first").addEvent("second");
			return "";
		}

	}

}
