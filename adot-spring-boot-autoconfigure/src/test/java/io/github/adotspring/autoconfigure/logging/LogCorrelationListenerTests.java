package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.Logger;
import io.github.adotspring.autoconfigure.testing.LoggedEvents;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the switches, in applications without a single bean.
 */
class LogCorrelationListenerTests {

	private static final Context SPAN = Context.root()
		.with(Span.wrap(SpanContext.create("6789abcd0123456789abcdef01234567", "fedcba9876543210",
				TraceFlags.getDefault(), TraceState.getDefault())));

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.adotspring.correlated");

	private final LoggedEvents events = new LoggedEvents();

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.events);
		this.logger.setAdditive(true);
	}

	@Test
	void isOnByDefaultAndNeedsNoExport() {
		try (ConfigurableApplicationContext context = run("management.adot.export.to=none")) {
			assertThat(context.getEnvironment().getProperty("logging.pattern.correlation"))
				.isEqualTo("%X{AWS-XRAY-TRACE-ID} ");
			log();
			assertThat(this.events.onlyMdc()).containsOnlyKeys("trace_id", "span_id", "trace_flags",
					"AWS-XRAY-TRACE-ID");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.logging.correlation.enabled=false", "management.adot.enabled=false",
			"otel.sdk.disabled=true" })
	void isOffAfterAnApplicationWithItToo(String property) {
		run("spring.application.name=before").close();
		try (ConfigurableApplicationContext context = run(property)) {
			assertThat(context.getEnvironment().getProperty("logging.pattern.correlation")).isNull();
			log();
			assertThat(this.events.onlyMdc()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "spring.application.name=shop, false", "management.adot.logging.correlation.enabled=false, false",
					"management.adot.enabled=false, -", "otel.instrumentation.logback-mdc.enabled=true, true" })
	void upstreamsIsOffUnlessTheUserSwitchesItOn(String property, String enabled) {
		try (ConfigurableApplicationContext context = run(property)) {
			assertThat(context.getEnvironment().getProperty("otel.instrumentation.logback-mdc.enabled"))
				.isEqualTo(enabled);
		}
	}

	@Test
	void besideUpstreamsItAddsTheIdOfXrayOnly() {
		run("otel.instrumentation.logback-mdc.enabled=true").close();
		log();
		assertThat(this.events.onlyMdc()).containsOnlyKeys("AWS-XRAY-TRACE-ID");
	}

	@Test
	void patternOfTheUserWins() {
		try (ConfigurableApplicationContext context = run("logging.pattern.correlation=%X{trace_id} ")) {
			assertThat(context.getEnvironment().getProperty("logging.pattern.correlation")).isEqualTo("%X{trace_id} ");
		}
	}

	private void log() {
		this.events.start();
		this.logger.addAppender(this.events);
		// Upstream's appender would add to the event, which is the same for all.
		this.logger.setAdditive(false);
		SPAN.wrap(() -> this.logger.warn("paid")).run();
	}

	private static ConfigurableApplicationContext run(String property) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off", "--spring.main.log-startup-info=false", "--" + property);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
