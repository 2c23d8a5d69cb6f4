package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetersAutoConfiguration}.
 */
final class MetersAutoConfigurationTests {

	private final ApplicationContextRunner withoutRegistry = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				MetersAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutRegistry
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(MetersAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SdkMeterBinder.class).hasSingleBean(DeliveryMeterBinder.class);
			assertThat(context.getBean(MeterRegistry.class).get("adot.sdk.series").gauge().value()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true",
			"management.adot.meters.enabled=false" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MeterRegistry.class)
				.doesNotHaveBean(MetersAutoConfiguration.class)
				.doesNotHaveBean(SdkMeterBinder.class)
				.doesNotHaveBean(DeliveryMeterBinder.class));
	}

	@Test
	void bringsNothingBackToTheSdkThatTheBridgeOfUpstreamWouldBringThere() {
		this.runner.withPropertyValues("otel.instrumentation.micrometer.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(MetersAutoConfiguration.class)
				.hasSingleBean(DeliveryMeterBinder.class)
				.doesNotHaveBean(SdkMeterBinder.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health" })
	void needsNothingElseOfTheActuator(String missing) {
		this.runner.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SdkMeterBinder.class)
				.hasSingleBean(DeliveryMeterBinder.class));
	}

	@Test
	void stepsBackWithoutMicrometer() {
		this.withoutRegistry.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SdkTelemetry.class)
				.doesNotHaveBean(MetersAutoConfiguration.class));
	}

	@Test
	void stepsBackWithoutARegistry() {
		this.withoutRegistry
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetersAutoConfiguration.class));
	}

	@Test
	void stepsBackForBindersOfTheApplication() {
		this.runner.withUserConfiguration(OwnBinders.class)
			.run((context) -> assertThat(context).hasSingleBean(SdkMeterBinder.class)
				.hasBean("ownBinder")
				.hasSingleBean(DeliveryMeterBinder.class)
				.hasBean("ownDeliveryBinder"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBinders {

		@Bean
		SdkMeterBinder ownBinder(SdkTelemetry telemetry) {
			return new SdkMeterBinder(telemetry);
		}

		@Bean
		DeliveryMeterBinder ownDeliveryBinder(DeliveryReports reports, DeliveryStatus status, SdkTelemetry telemetry) {
			return new DeliveryMeterBinder(reports, status, telemetry);
		}

	}

}
