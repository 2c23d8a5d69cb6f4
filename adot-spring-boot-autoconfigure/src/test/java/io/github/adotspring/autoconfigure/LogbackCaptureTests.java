package io.github.adotspring.autoconfigure;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.testing.ReceivedLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what of a record of Logback arrives.
 */
class LogbackCaptureTests {

	private static final Logger logger = LoggerFactory.getLogger("shop.Orders");

	@Test
	void arrivesAsItWasLogged() {
		long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
		ReceivedLog log = export(() -> logger.warn("Order {} of {}", 17, "Jo"));
		LogRecord record = log.record();
		assertThat(log.logger()).isEqualTo("shop.Orders");
		assertThat(log.body()).isEqualTo("Order 17 of Jo");
		assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
		assertThat(record.getSeverityText()).isEqualTo("WARN");
		assertThat(record.getTimeUnixNano()).isBetween(before,
				TimeUnit.MILLISECONDS.toNanos(Instant.now().plusMillis(1).toEpochMilli()));
		assertThat(record.getTraceId().isEmpty()).isTrue();
		assertThat(log.attributes()).isEqualTo(thread());
	}

	@Test
	void everyLevelHasItsSeverity() {
		List<ReceivedLog> logs = exportAll((application) -> {
			logger.trace("TRACE");
			logger.debug("DEBUG");
			logger.info("INFO");
			logger.warn("WARN");
			logger.error("ERROR");
		}, "logging.level.shop=trace");
		assertThat(logs)
			.allSatisfy(
					(log) -> assertThat(log.record().getSeverityNumber()).hasToString("SEVERITY_NUMBER_" + log.body()))
			.extracting(ReceivedLog::body)
			.containsExactly("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
	}

	@Test
	void aRecordBelowItsLevelIsNotExported() {
		assertThat(exportAll((application) -> logger.info("Below"), "logging.level.shop=warn")).isEmpty();
	}

	@Test
	void namesTheSpanThatItWasLoggedIn() {
		List<ReceivedLog> logs = exportAll((application) -> {
			Span span = application.bean(Tracer.class).spanBuilder("order").startSpan();
			Context.current()
				.with(span)
				.wrap(() -> logger.warn(span.getSpanContext().getTraceId() + span.getSpanContext().getSpanId()))
				.run();
			span.end();
		});
		assertThat(logs).singleElement().satisfies((log) -> {
			LogRecord record = log.record();
			assertThat(log.body()).isEqualTo(hex(record.getTraceId()) + hex(record.getSpanId()));
			assertThat(record.getFlags()).isEqualTo(1);
		});
	}

	@Test
	void anExceptionArrivesWithItsCause() {
		IllegalStateException failure = new IllegalStateException("No stock",
				new IllegalArgumentException("Unknown article"));
		Map<String, Object> attributes = export(() -> logger.error("Failed", failure)).attributes();
		assertThat(attributes).containsEntry("exception.type", "java.lang.IllegalStateException")
			.containsEntry("exception.message", "No stock");
		assertThat((String) attributes.get("exception.stacktrace"))
			.startsWith("java.lang.IllegalStateException: No stock")
			.contains("at " + getClass().getName())
			.contains("Caused by: java.lang.IllegalArgumentException: Unknown article");
	}

	@Test
	void keyValuePairsKeepTheirTypes() {
		assertThat(export(() -> logger.atWarn()
			.addKeyValue("article", "socks")
			.addKeyValue("pieces", 3)
			.addKeyValue("price", 1.5)
			.addKeyValue("gift", true)
			.log("Ordered")).attributes()).containsEntry("article", "socks")
			.containsEntry("pieces", 3L)
			.containsEntry("price", 1.5)
			.containsEntry("gift", true);
	}

	@Test
	void markersArrive() {
		assertThat(export(() -> logger.atWarn()
			.addMarker(MarkerFactory.getMarker("AUDIT"))
			.addMarker(MarkerFactory.getMarker("VIP"))
			.log("Ordered")).attributes()).containsEntry("logback.marker", List.of("AUDIT", "VIP"));
	}

	@Test
	void nothingOfTheMdcArrivesUnlessItIsNamed() {
		assertThat(export(LogbackCaptureTests::orderWithMdc).attributes()).isEqualTo(thread());
	}

	@Test
	void whatIsNamedOfTheMdcArrives() {
		assertThat(export(LogbackCaptureTests::orderWithMdc, "management.adot.logging.capture.mdc=tenant,missing")
			.attributes()).containsEntry("tenant", "acme").doesNotContainKeys("user", "missing");
	}

	@Test
	void aListOfTheMdcCanBeWrittenAsOne() {
		assertThat(export(LogbackCaptureTests::orderWithMdc, "management.adot.logging.capture.mdc[0]=user",
				"management.adot.logging.capture.mdc[1]=tenant")
			.attributes()).containsEntry("tenant", "acme").containsEntry("user", "jo");
	}

	@Test
	void allOfTheMdcArrivesForAnAsterisk() {
		assertThat(export(LogbackCaptureTests::orderWithMdc, "management.adot.logging.capture.mdc=*").attributes())
			.containsEntry("tenant", "acme")
			.containsEntry("user", "jo");
	}

	@Test
	void argumentsAndCodeArriveWhereTheyAreWanted() {
		Map<String, Object> attributes = export(() -> logger.warn("Order {} of {}", 17, "Jo"),
				"management.adot.logging.capture.arguments=true", "management.adot.logging.capture.code=true")
			.attributes();
		assertThat(attributes).containsEntry("log.body.template", "Order {} of {}")
			.containsEntry("log.body.parameters", List.of("17", "Jo"))
			.containsEntry("code.namespace", getClass().getName())
			.containsEntry("code.filepath", "LogbackCaptureTests.java")
			.containsEntry("code.file.path", "LogbackCaptureTests.java")
			.hasEntrySatisfying("code.function.name",
					(name) -> assertThat((String) name).startsWith(getClass().getName() + "."))
			.containsKeys("code.function", "code.lineno", "code.line.number");
	}

	@Test
	void everythingBesideTheMessageCanBeSwitchedOff() {
		assertThat(export(LogbackCaptureTests::orderWithEverything, "management.adot.logging.capture.thread=false",
				"management.adot.logging.capture.markers=false", "management.adot.logging.capture.key-values=false")
			.attributes()).isEmpty();
	}

	@Test
	void propertiesOfUpstreamCountWhereOursAreSilent() {
		String upstream = "otel.instrumentation.logback-appender.experimental";
		assertThat(export(LogbackCaptureTests::orderWithEverything, upstream + "-log-attributes=false",
				upstream + ".capture-marker-attribute=false", upstream + ".capture-key-value-pair-attributes=false",
				upstream + ".capture-arguments=true", upstream + ".capture-mdc-attributes=tenant",
				"management.adot.logging.capture.markers=true")
			.attributes())
			.isEqualTo(Map.of("log.body.template", "Order {}", "log.body.parameters", List.of("17"), "tenant", "acme",
					"logback.marker", List.of("AUDIT")));
	}

	private static void orderWithMdc() {
		MDC.put("user", "jo");
		MDC.put("tenant", "acme");
		try {
			logger.warn("Ordered");
		}
		finally {
			MDC.clear();
		}
	}

	private static void orderWithEverything() {
		MDC.put("tenant", "acme");
		try {
			logger.atWarn()
				.addMarker(MarkerFactory.getMarker("AUDIT"))
				.addKeyValue("article", "socks")
				.addArgument(17)
				.log("Order {}");
		}
		finally {
			MDC.clear();
		}
	}

	private static Map<String, Object> thread() {
		return Map.of("thread.name", Thread.currentThread().getName());
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	private static ReceivedLog export(Runnable logging, String... properties) {
		List<ReceivedLog> logs = exportAll((application) -> logging.run(), properties);
		assertThat(logs).hasSize(1);
		return logs.get(0);
	}

	private static List<ReceivedLog> exportAll(Consumer<TestApplication> logging, String... properties) {
		try (TestApplication application = TestApplication.start(Shop.class,
				Stream.concat(Stream.of("management.adot.logging.export.to=collector"), Stream.of(properties))
					.toArray(String[]::new))) {
			logging.accept(application);
			application.stop();
			return ReceivedLog.in(application.collector())
				.stream()
				.filter((log) -> log.logger().equals(logger.getName()))
				.toList();
		}
	}

	@EnableAutoConfiguration
	static class Shop {

		@Bean
		Tracer tracer(OpenTelemetry openTelemetry) {
			return openTelemetry.getTracer("shop");
		}

	}

}
