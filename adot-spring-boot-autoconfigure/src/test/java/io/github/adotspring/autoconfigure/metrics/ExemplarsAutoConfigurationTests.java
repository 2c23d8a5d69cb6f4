package io.github.adotspring.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExemplarsAutoConfiguration}.
 */
final class ExemplarsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ExemplarsAutoConfiguration.class, ObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(ExemplarsAutoConfiguration.class.getName());
	}

	@Test
	void measuresAnObservationOnce() {
		this.runner.run((context) -> {
			Observation observation = Observation.start("work", context.getBean(ObservationRegistry.class));
			observation.event(Observation.Event.of("step"));
			observation.stop();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("work").timer().count()).isEqualTo(1);
			assertThat(registry.get("work.step").counter().count()).isEqualTo(1);
		});
	}

	@Test
	void leavesObservationsToAHandlerOfTheApplication() {
		this.runner.withUserConfiguration(OwnHandler.class).run((context) -> {
			Observation.start("own", context.getBean(ObservationRegistry.class)).stop();
			Observation.start("other", context.getBean(ObservationRegistry.class)).stop();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("own").timer()).isNull();
			assertThat(registry.get("other").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void measuresNothingWithoutBootsHandler() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ExemplarsAutoConfiguration.class, ObservationAutoConfiguration.class))
			.run((context) -> {
				Observation.start("work", context.getBean(ObservationRegistry.class)).stop();
				assertThat(context.getBean(TracedMeterHandler.class).supportsContext(new Observation.Context()))
					.isFalse();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(ExemplarsAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.micrometer.core", "io.micrometer.observation" })
	void stepsBackWithout(String missing) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ExemplarsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ExemplarsAutoConfiguration.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHandler {

		@Bean
		MeterObservationHandler<Observation.Context> ownHandler() {
			return new MeterObservationHandler<>() {

				@Override
				public boolean supportsContext(Observation.Context context) {
					return "own".equals(context.getName());
				}

			};
		}

	}

}
