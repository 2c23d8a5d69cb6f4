package io.github.adotspring.autoconfigure.logging;

import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class CaptureAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CaptureAutoConfiguration.class));

	@Test
	void isListed() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(CaptureAutoConfiguration.class.getName());
	}

	@Test
	void capturesByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ContextCapture.class)
			.hasSingleBean(OpenTelemetryBeans.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true",
			"management.adot.logging.capture.enabled=false" })
	void isOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(ContextCapture.class)
				.doesNotHaveBean(OpenTelemetryBeans.class));
	}

	@Test
	void backsOffWithoutALoggingFramework() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader(LoggerContext.class, org.apache.logging.log4j.core.LoggerContext.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ContextCapture.class));
	}

	@Test
	void oneOfTheTwoFrameworksIsEnough() {
		this.runner.withClassLoader(new FilteredClassLoader(org.apache.logging.log4j.core.LoggerContext.class))
			.run((context) -> assertThat(context).hasSingleBean(ContextCapture.class));
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(ContextCapture.class)
				.hasBean("own")
				.doesNotHaveBean("adotLogCapture"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		ContextCapture own(Environment environment, ObjectProvider<OpenTelemetry> openTelemetry) {
			return new ContextCapture(new LogCapture(List.of()), environment, openTelemetry);
		}

	}

}
