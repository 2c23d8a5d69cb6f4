package io.github.adotspring.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for log records of an application that go to the console.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class LogsOnTheConsoleTests {

	private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.123456789Z");

	@Test
	void whatIsWrittenIsWhatWasLogged(CapturedOutput output) {
		try (TestApplication application = start("management.adot.logging.export.to=console")) {
			assertThat(output).contains("console, the last 1000 log records in memory and each as JSON");
			Span span = emit(application);
			JsonNode record = JsonMapper.builder().build().readTree(lines(output).get(0));
			assertThat(record.at("/resource/attributes").path("service.name").asString()).isEqualTo("shop");
			assertThat(record.at("/scope/name").asString()).isEqualTo("com.example.Orders");
			assertThat(record.path("timeUnixNano").asLong()).isEqualTo(1_767_268_800_123_456_789L);
			assertThat(record.path("observedTimeUnixNano").asLong()).isPositive();
			assertThat(record.path("severityNumber").asInt()).isEqualTo(17);
			assertThat(record.path("severityText").asString()).isEqualTo("ERROR");
			assertThat(record.path("body").asString()).isEqualTo("order 7 failed");
			assertThat(record.at("/attributes/order").asLong()).isEqualTo(7);
			assertThat(record.path("traceId").asString()).isEqualTo(span.getSpanContext().getTraceId());
			assertThat(record.path("spanId").asString()).isEqualTo(span.getSpanContext().getSpanId());
			assertThat(record.path("flags").asInt()).isOne();
			assertThat(application.bean(DeliveryStatus.class).of(Signal.LOGS).exported()).isOne();
		}
		assertThat(lines(output)).hasSize(1);
	}

	@Test
	void nothingIsSaidTwiceByDefault(CapturedOutput output) {
		try (TestApplication application = start("management.adot.export.to=console")) {
			emit(application);
			assertThat(application.bean(DeliveryStatus.class).of(Signal.LOGS).exported()).isOne();
			assertThat(lines(output)).isEmpty();
		}
	}

	private static Span emit(TestApplication application) {
		OpenTelemetrySdk sdk = application.bean(OpenTelemetrySdk.class);
		Span span = sdk.getTracer("shop").spanBuilder("order").startSpan();
		sdk.getLogsBridge()
			.get("com.example.Orders")
			.logRecordBuilder()
			.setTimestamp(TIME)
			.setSeverity(Severity.ERROR)
			.setSeverityText("ERROR")
			.setBody("order 7 failed")
			.setAttribute("order", 7)
			.setContext(Context.root().with(span))
			.emit();
		span.end();
		assertThat(sdk.getSdkLoggerProvider().forceFlush().join(15, TimeUnit.SECONDS).isSuccess()).isTrue();
		return span;
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.startsWith("{\"resource\"")).toList();
	}

	private static TestApplication start(String property) {
		return TestApplication.startWithoutEndpoint(Shop.class, "spring.main.web-application-type=none",
				"spring.application.name=shop", "management.adot.logging.export.to=auto",
				"management.adot.logging.capture.enabled=false", "otel.instrumentation.logback-appender.enabled=false",
				property);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
