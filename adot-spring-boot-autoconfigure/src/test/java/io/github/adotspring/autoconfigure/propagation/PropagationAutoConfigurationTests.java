package io.github.adotspring.autoconfigure.propagation;

import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurablePropagatorProvider;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PropagationAutoConfiguration}.
 */
class PropagationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PropagationAutoConfiguration.class));

	@Test
	void providesBothFormsOfTheHeader() {
		this.runner.run((context) -> {
			assertThat(context.getBeansOfType(ConfigurablePropagatorProvider.class).values())
				.extracting(ConfigurablePropagatorProvider::getName)
				.containsExactlyInAnyOrder("xray", "xray-lambda");
			assertThat(context).hasSingleBean(PropagationCustomizer.class);
		});
	}

	@Test
	void providesNothingWhereTheStarterIsOff() {
		this.runner.withPropertyValues("management.adot.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConfigurablePropagatorProvider.class)
				.doesNotHaveBean(PropagationCustomizer.class));
	}

	@Test
	void beansOfTheApplicationAreUsedInstead() {
		XrayPropagatorProvider own = new XrayPropagatorProvider("xray", TextMapPropagator.noop());
		PropagationCustomizer customizer = new PropagationCustomizer();
		this.runner.withBean("adotXrayPropagator", XrayPropagatorProvider.class, () -> own)
			.withBean("own", PropagationCustomizer.class, () -> customizer)
			.run((context) -> {
				assertThat(context.getBean("adotXrayPropagator")).isSameAs(own);
				assertThat(context.getBean(PropagationCustomizer.class)).isSameAs(customizer);
			});
	}

}
