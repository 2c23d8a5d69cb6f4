package io.github.adotspring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for when records are captured, and for whom.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogCaptureLifecycleTests {

	private static final Logger logger = LoggerFactory.getLogger("shop.Orders");

	@Test
	void recordsFromBeforeTheSdkAndFromTheEndAreExported() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext context = start(collector);
			context.close();
			assertThat(bodies(collector)).containsExactly("Before there are beans", "While beans are made",
					"While beans are destroyed");
		}
	}

	@Test
	void moreRecordsThanTheBufferHoldsAreCountedAndSaidOnce(CapturedOutput output) {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			SpringApplicationBuilder application = application(collector,
					"management.adot.logging.capture.buffer-size=2")
				.initializers((context) -> {
					logger.warn("First");
					logger.warn("Too many");
				});
			application.run().close();
			assertThat(bodies(collector)).contains("Before there are beans", "First").doesNotContain("Too many");
			assertThat(output)
				.containsOnlyOnce("2 log records from before the OpenTelemetry SDK existed are not exported, "
						+ "because 'management.adot.logging.capture.buffer-size' is 2.");
		}
	}

	@Test
	void recordsGoToTheContextThatOpenedLastAndIsStillOpen() {
		try (AwsEndpoint first = AwsEndpoint.withoutSignature(); AwsEndpoint second = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext older = start(first);
			logger.warn("One is open");
			ConfigurableApplicationContext newer = start(second);
			logger.warn("Two are open");
			newer.close();
			logger.warn("One is open again");
			older.close();
			logger.warn("None is open");
			assertThat(bodies(first)).contains("One is open", "One is open again").doesNotContain("Two are open");
			assertThat(bodies(second)).contains("Two are open")
				.doesNotContain("One is open", "One is open again", "None is open");
		}
	}

	@Test
	void anOlderContextThatClosesTakesNothingFromANewerOne() {
		try (AwsEndpoint first = AwsEndpoint.withoutSignature(); AwsEndpoint second = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext older = start(first);
			ConfigurableApplicationContext newer = start(second);
			older.close();
			logger.warn("The newer is open");
			newer.close();
			assertThat(bodies(second)).containsOnlyOnce("The newer is open");
		}
	}

	@Test
	void aContextHasItsOwnSettingsAgainWhenItIsTheLastOne() {
		try (AwsEndpoint first = AwsEndpoint.withoutSignature(); AwsEndpoint second = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext older = start(first, "management.adot.logging.capture.thread=false");
			start(second).close();
			logger.warn("Ordered");
			older.close();
			assertThat(logs(first)).filteredOn((log) -> log.body().equals("Ordered"))
				.singleElement()
				.satisfies((log) -> assertThat(log.attributes()).isEmpty());
		}
	}

	@Test
	void aContextThatIsAChildOfAnotherDoesNotExportTwice() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			SpringApplicationBuilder parent = application(collector);
			ConfigurableApplicationContext context = parent.run();
			ConfigurableApplicationContext child = parent.child(Child.class).run();
			logger.warn("In a child");
			child.close();
			logger.warn("After the child");
			context.close();
			assertThat(bodies(collector)).containsOnlyOnce("In a child", "After the child");
		}
	}

	@Test
	void recordsOfAStartThatFailsAreExported() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			SpringApplicationBuilder application = application(collector, "logging.level.org=warn")
				.sources(Failing.class);
			assertThatExceptionOfType(BeanCreationException.class).isThrownBy(application::run);
			logger.warn("After the failure");
			assertThat(ReceivedLog.in(collector)).extracting(ReceivedLog::body)
				.contains("While beans are made", "About to fail")
				.doesNotContain("After the failure");
		}
	}

	@Test
	void aResetOfLogbackLosesNothingOfWhatFollows() throws JoranException, IOException {
		LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext context = start(collector);
			logback.reset();
			logger.warn("After a reset");
			logback.stop();
			configure(logback, Objects.requireNonNull(getClass().getResource("/logback-test.xml")).openStream());
			logback.start();
			logger.warn("After a stop");
			context.close();
			assertThat(bodies(collector)).containsOnlyOnce("After a reset", "After a stop");
		}
	}

	@Test
	void anAppenderOfTheApplicationIsUsedInsteadOfOurs() throws JoranException, IOException {
		LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			ConfigurableApplicationContext context = start(collector);
			logback.reset();
			configure(logback,
					new ByteArrayInputStream(
							"""
									<configuration>
										<appender name="mine" class="io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender"/>
										<appender name="async" class="ch.qos.logback.classic.AsyncAppender">
											<appender-ref ref="mine"/>
										</appender>
										<root level="warn"><appender-ref ref="async"/></root>
									</configuration>
									"""
								.getBytes(StandardCharsets.UTF_8)));
			logger.warn("Through the application's appender");
			LoggerFactory.getLogger("io.opentelemetry.sdk").warn("Of the SDK");
			logback.reset();
			configure(logback, Objects.requireNonNull(getClass().getResource("/logback-test.xml")).openStream());
			logger.warn("Through ours again");
			context.close();
			assertThat(ReceivedLog.in(collector)).extracting(ReceivedLog::body)
				.containsOnlyOnce("Through the application's appender", "Through ours again")
				.doesNotContain("Of the SDK");
			assertThat(logs(collector)).filteredOn((log) -> log.body().equals("Through the application's appender"))
				.singleElement()
				.satisfies((log) -> assertThat(log.attributes()).isEmpty());
		}
	}

	@Test
	void anExportThatIsRefusedExportsNoRecordsOfItsOwn() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			collector.enqueue(Collections.nCopies(1000, Answer.status(400)).toArray(Answer[]::new));
			ConfigurableApplicationContext context = start(collector, "logging.level.root=debug",
					"logging.level.org.springframework=warn", "logging.level.com.sun=off");
			OpenTelemetrySdk sdk = context.getBean(OpenTelemetrySdk.class);
			sdk.getSdkLoggerProvider().forceFlush().join(15, TimeUnit.SECONDS);
			int requests = collector.awaitRequests(1).size();
			for (int flush = 0; flush < 5; flush++) {
				sdk.getSdkLoggerProvider().forceFlush().join(15, TimeUnit.SECONDS);
			}
			int requestsAfterMoreFlushes = collector.requests().size();
			context.close();
			assertThat(requestsAfterMoreFlushes).isEqualTo(requests);
			assertThat(ReceivedLog.in(collector)).extracting(ReceivedLog::logger)
				.isNotEmpty()
				.noneMatch((name) -> name.startsWith("io.github.adotspring") || name.startsWith("io.opentelemetry")
						|| name.startsWith("jdk.") || name.startsWith("software.amazon"));
		}
	}

	@Test
	void nothingIsAttachedWhereLogsGoNowhere() {
		for (String property : List.of("management.adot.logging.export.to=none", "management.adot.enabled=false",
				"management.logging.export.enabled=false", "otel.sdk.disabled=true", "otel.logs.exporter=none",
				"management.adot.logging.capture.enabled=false", "otel.instrumentation.logback-appender.enabled=false",
				"otel.instrumentation.common.default-enabled=false")) {
			try (AwsEndpoint collector = AwsEndpoint.withoutSignature();
					ConfigurableApplicationContext context = start(collector, property)) {
				assertThat(context.isActive()).isTrue();
				assertThat(appenders()).as(property)
					.isNotEmpty()
					.noneMatch((name) -> name.contains("LogbackExportAppender") || name.contains("logback.appender"));
			}
		}
	}

	private static List<String> appenders() {
		List<String> names = new ArrayList<>();
		((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).iteratorForAppenders()
			.forEachRemaining((appender) -> names.add(appender.getClass().getName()));
		return names;
	}

	private static void configure(LoggerContext context, InputStream configuration) throws JoranException {
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(context);
		configurator.doConfigure(configuration);
	}

	private static ConfigurableApplicationContext start(AwsEndpoint collector, String... properties) {
		return application(collector, properties).run();
	}

	private static SpringApplicationBuilder application(AwsEndpoint collector, String... properties) {
		return new SpringApplicationBuilder(Shop.class).web(WebApplicationType.NONE)
			.initializers((context) -> logger.warn("Before there are beans"))
			.properties("management.adot.collector.endpoint=" + collector.url(), "logging.level.org=off",
					"logging.level.com=off", "spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false",
					"management.adot.metrics.export.to=none", "management.adot.tracing.export.to=none",
					"otel.blrp.schedule.delay=1h")
			.properties(properties);
	}

	private static List<ReceivedLog> logs(AwsEndpoint collector) {
		return ReceivedLog.in(collector).stream().filter((log) -> log.logger().equals(logger.getName())).toList();
	}

	private static List<String> bodies(AwsEndpoint collector) {
		return logs(collector).stream().map(ReceivedLog::body).toList();
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Shop {

		@Bean
		Object early() {
			logger.warn("While beans are made");
			return "early";
		}

		@Bean
		DisposableBean stock(@SuppressWarnings("unused") OpenTelemetry openTelemetry) {
			return () -> logger.warn("While beans are destroyed");
		}

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Child {

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		Object failure(@SuppressWarnings("unused") DisposableBean stock) {
			logger.warn("About to fail");
			throw new IllegalStateException("On purpose");
		}

	}

}
