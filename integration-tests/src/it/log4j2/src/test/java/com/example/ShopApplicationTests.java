package com.example;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.message.StringMapMessage;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ShopApplicationTests {

	private static final Logger logger = LogManager.getLogger("shop.Orders");

	@Test
	void aRecordArrivesOnceAndAsItWasLogged() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, (context) -> logger.warn("Order {} of {}", 17, "Jo"));
			Collector.Log log = collector.log("Order 17 of Jo");
			assertThat(log.logger()).isEqualTo("shop.Orders");
			assertThat(log.record().getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
			assertThat(log.record().getSeverityText()).isEqualTo("WARN");
			assertThat(log.record().getTimeUnixNano()).isPositive();
			assertThat(log.attributes()).containsOnlyKeys("thread.name", "thread.id")
				.containsEntry("thread.name", Thread.currentThread().getName());
		}
	}

	@Test
	void recordsFromBeforeTheSdkAreExported() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, (context) -> {
			});
			assertThat(collector.bodies()).containsOnlyOnce("Opened")
				.anyMatch((body) -> body.startsWith("Starting "))
				.anyMatch((body) -> body.startsWith("Started "))
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void exceptionsMarkersFieldsAndTheNamedPartOfTheContextArrive() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, (context) -> {
				ThreadContext.put("tenant", "acme");
				ThreadContext.put("user", "jo");
				logger.warn(MarkerManager.getMarker("AUDIT"), "Failed",
						new IllegalStateException("No stock", new IllegalArgumentException("Unknown article")));
				logger.warn(new StringMapMessage(Map.of("article", "socks")));
				LoggerFactory.getLogger("shop.Orders").atWarn().addKeyValue("pieces", 3).log("Ordered");
				ThreadContext.clearAll();
			}, "--management.adot.logging.capture.mdc=tenant,pieces", "--management.adot.logging.capture.thread=false",
					"--management.adot.logging.capture.code=true");
			assertThat(collector.log("Failed").attributes()).containsEntry("exception.message", "No stock")
				.containsEntry("exception.type", "java.lang.IllegalStateException")
				.hasEntrySatisfying("exception.stacktrace",
						(trace) -> assertThat(trace).contains("Caused by: java.lang.IllegalArgumentException"))
				.containsEntry("log4j.marker", "AUDIT")
				.containsEntry("tenant", "acme")
				.containsEntry("code.namespace", getClass().getName())
				.doesNotContainKeys("user", "thread.name");
			assertThat(collector.log("Ordered").attributes()).containsEntry("pieces", "3");
			assertThat(collector.logs())
				.anyMatch((log) -> "socks".equals(log.attributes().get("log4j.map_message.article")));
		}
	}

	@Test
	void aNewConfigurationLosesNothingOfWhatFollows() throws IOException {
		try (Collector collector = new Collector(200)) {
			run(collector, (context) -> {
				((LoggerContext) LogManager.getContext(false)).reconfigure();
				logger.error("After a new configuration");
			});
			assertThat(collector.bodies()).containsOnlyOnce("After a new configuration");
		}
	}

	@Test
	void anExportThatIsRefusedExportsNoRecordsOfItsOwn() throws IOException {
		try (Collector collector = new Collector(400)) {
			run(collector, (context) -> {
				OpenTelemetrySdk sdk = context.getBean(OpenTelemetrySdk.class);
				sdk.getSdkLoggerProvider().forceFlush().join(15, TimeUnit.SECONDS);
				int records = collector.logs().size();
				sdk.getSdkLoggerProvider().forceFlush().join(15, TimeUnit.SECONDS);
				assertThat(collector.logs()).isNotEmpty().hasSize(records);
			}, "--logging.level.root=debug", "--otel.blrp.schedule.delay=1h");
			assertThat(collector.logs()).extracting(Collector.Log::logger)
				.noneMatch((name) -> name.startsWith("io.github.adotspring") || name.startsWith("io.opentelemetry")
						|| name.startsWith("jdk."));
		}
	}

	@Test
	void nothingIsExportedAfterTheApplicationHasEnded() throws IOException {
		try (Collector first = new Collector(200); Collector second = new Collector(200)) {
			run(first, (context) -> logger.warn("In the first"));
			logger.warn("In between");
			run(second, (context) -> logger.warn("In the second"));
			assertThat(first.bodies()).contains("In the first").doesNotContain("In between", "In the second");
			assertThat(second.bodies()).contains("In the second").doesNotContain("In between", "In the first");
		}
	}

	private static void run(Collector collector, Consumer<ConfigurableApplicationContext> logging,
			String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = collector.argument();
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		try (ConfigurableApplicationContext context = SpringApplication.run(ShopApplication.class, all)) {
			logging.accept(context);
		}
	}

}
