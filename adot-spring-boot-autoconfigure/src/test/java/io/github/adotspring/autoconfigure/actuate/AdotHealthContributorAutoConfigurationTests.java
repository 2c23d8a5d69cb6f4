package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdotHealthContributorAutoConfiguration}.
 */
final class AdotHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner withoutRegistry = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				AdotHealthContributorAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutRegistry.withConfiguration(AutoConfigurations
		.of(HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(AdotHealthContributorAutoConfiguration.class.getName());
	}

	@Test
	void isAContributorOfItsNameThatIsUpWhileNothingWasSent() {
		this.runner.run((context) -> assertThat(context.getBean(HealthContributorRegistry.class).getContributor("adot"))
			.isInstanceOfSatisfying(AdotHealthIndicator.class,
					(indicator) -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true",
			"management.health.adot.enabled=false", "management.health.defaults.enabled=false" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdotHealthIndicator.class));
	}

	@Test
	void stepsBackWithoutHealth() {
		this.withoutRegistry.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(DeliveryReports.class)
				.doesNotHaveBean(AdotHealthContributorAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "io.micrometer" })
	void needsNothingElse(String missing) {
		this.withoutRegistry.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context.getBean(AdotHealthIndicator.class).health().getStatus())
				.isEqualTo(Status.UP));
	}

	@Test
	void stepsBackForAnIndicatorOfTheApplication() {
		this.runner.withUserConfiguration(OwnIndicator.class)
			.run((context) -> assertThat(context).doesNotHaveBean(AdotHealthIndicator.class)
				.hasBean("adotHealthIndicator"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIndicator {

		@Bean
		HealthIndicator adotHealthIndicator() {
			return () -> Health.up().build();
		}

	}

}
