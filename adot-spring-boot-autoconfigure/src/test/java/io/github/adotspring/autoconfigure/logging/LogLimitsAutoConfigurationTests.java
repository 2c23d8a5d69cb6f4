package io.github.adotspring.autoconfigure.logging;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import ch.qos.logback.classic.Logger;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogLimitsAutoConfiguration}.
 */
final class LogLimitsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, LogLimitsAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(LogLimitsAutoConfiguration.class.getName());
	}

	@Test
	void changesNothingWithoutALimit() {
		this.runner.run((context) -> assertThat(processors(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate-limit.per-second=100", "rate-limit.per-logger=1", "only-sampled=true" })
	void limitsWhatIsExported(String limit) {
		this.runner.withPropertyValues("management.adot.logging." + limit).run((context) -> {
			assertThat(processors(context)).hasSize(2);
			assertThat(processors(context).get(0)).isInstanceOf(LimitedLogRecordProcessor.class);
			assertThat(processors(context).get(1)).isNotInstanceOf(LimitedLogRecordProcessor.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(LogLimitsAutoConfiguration.class)
				.doesNotHaveBean(AutoConfigurationCustomizerProvider.class));
	}

	@Test
	void needsNoInstrumentation() {
		this.runner.withClassLoader(new FilteredClassLoader(OpenTelemetryAutoConfiguration.class, Logger.class))
			.withPropertyValues("management.adot.logging.only-sampled=true")
			.run((context) -> assertThat(processors(context)).hasSize(2));
	}

	@Test
	void stepsBackForTheBeanOfTheApplication() {
		AutoConfigurationCustomizerProvider own = (customizer) -> {
		};
		this.runner.withBean("adotLogLimitsCustomizer", AutoConfigurationCustomizerProvider.class, () -> own)
			.withPropertyValues("management.adot.logging.only-sampled=true")
			.run((context) -> assertThat(context).getBean("adotLogLimitsCustomizer").isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "per-second, 0", "per-second, -1", "per-logger, 0" })
	void refusesALimitOfLessThanOne(String name, String value) {
		this.runner.withPropertyValues("management.adot.logging.rate-limit." + name + "=" + value).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.logging.rate-limit." + name
					+ "' has the value '" + value + "', but the least is 1.");
		});
	}

	/**
	 * What becomes of the two processors of an SDK with two exporters.
	 */
	private static List<LogRecordProcessor> processors(AssertableApplicationContext context) {
		List<LogRecordProcessor> processors = new ArrayList<>();
		context.getBean("adotLogLimitsCustomizer", AutoConfigurationCustomizerProvider.class)
			.customize(customizer(processors));
		return processors;
	}

	@SuppressWarnings("unchecked") // The function is of the type that the SDK names.
	private static AutoConfigurationCustomizer customizer(List<LogRecordProcessor> processors) {
		return (AutoConfigurationCustomizer) Proxy.newProxyInstance(
				LogLimitsAutoConfigurationTests.class.getClassLoader(),
				new Class<?>[] { AutoConfigurationCustomizer.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("addLogRecordProcessorCustomizer")) {
						var limited = (BiFunction<LogRecordProcessor, @Nullable ConfigProperties, LogRecordProcessor>) arguments[0];
						processors.add(limited.apply(LogRecordProcessor.composite(), null));
						processors.add(limited.apply(LogRecordProcessor.composite(), null));
					}
					return proxy;
				});
	}

}
