package io.github.adotspring.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limits of log records in an application with a collector.
 */
@Timeout(120)
class LogLimitsTests {

	@Test
	void everyRecordArrivesOrIsCounted() {
		try (TestApplication application = start("management.adot.logging.rate-limit.per-logger=10")) {
			Logger logger = logger(application);
			for (int i = 0; i < 500; i++) {
				logger.logRecordBuilder().setSeverity(Severity.INFO).setBody("noise").emit();
			}
			logger.logRecordBuilder().setSeverity(Severity.ERROR).setBody("it broke").emit();
			flush(application);
			List<LogRecord> arrived = arrived(application);
			SignalStatus status = status(application);
			assertThat(status.received()).isEqualTo(501);
			assertThat(status.exported()).isEqualTo(arrived.size());
			assertThat(status.byReason(Result.DROPPED)).hasSize(1).containsEntry("rate_limited", 501L - arrived.size());
			// Ten a second, however many of them the loop takes.
			assertThat(arrived).hasSizeBetween(11, 400);
			LogRecord error = arrived.get(arrived.size() - 1);
			assertThat(error.getBody().getStringValue()).isEqualTo("it broke");
			assertThat(arrived.stream().mapToLong(LogLimitsTests::suppressed).sum()).isEqualTo(501L - arrived.size());
		}
	}

	@Test
	void recordsOfTracesThatAreNotSampledAreCountedAndNotSent() {
		try (TestApplication application = start("management.adot.logging.only-sampled=true",
				"otel.traces.sampler=always_off")) {
			Logger logger = logger(application);
			Span span = application.bean(OpenTelemetrySdk.class).getTracer("shop").spanBuilder("order").startSpan();
			logger.logRecordBuilder().setBody("inside").setContext(Context.root().with(span)).emit();
			span.end();
			logger.logRecordBuilder().setBody("outside").emit();
			flush(application);
			assertThat(arrived(application)).singleElement()
				.satisfies((record) -> assertThat(record.getBody().getStringValue()).isEqualTo("outside"));
			assertThat(status(application).received()).isEqualTo(2);
			assertThat(status(application).byReason(Result.DROPPED)).hasSize(1).containsEntry("not_sampled", 1L);
		}
	}

	private static long suppressed(LogRecord record) {
		return record.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("adot.log.suppressed"))
			.mapToLong((attribute) -> attribute.getValue().getIntValue())
			.sum();
	}

	private static Logger logger(TestApplication application) {
		return application.bean(OpenTelemetrySdk.class).getLogsBridge().get("shop");
	}

	private static SignalStatus status(TestApplication application) {
		return application.bean(DeliveryStatus.class).of(Signal.LOGS);
	}

	private static void flush(TestApplication application) {
		assertThat(application.bean(OpenTelemetrySdk.class)
			.getSdkLoggerProvider()
			.forceFlush()
			.join(15, TimeUnit.SECONDS)
			.isSuccess()).isTrue();
	}

	private static List<LogRecord> arrived(TestApplication application) {
		return application.collector()
			.requests()
			.stream()
			.filter((request) -> request.path().equals("/v1/logs"))
			.map(ReceivedRequest::logs)
			.flatMap((request) -> request.getResourceLogsList().stream())
			.flatMap((resource) -> resource.getScopeLogsList().stream())
			.flatMap((scope) -> scope.getLogRecordsList().stream())
			.toList();
	}

	private static TestApplication start(String... properties) {
		return TestApplication.start(Shop.class,
				Stream.concat(Stream.of("spring.main.web-application-type=none",
						"management.adot.logging.export.to=collector", "management.adot.logging.capture.enabled=false",
						"otel.instrumentation.logback-appender.enabled=false"), Stream.of(properties))
					.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
