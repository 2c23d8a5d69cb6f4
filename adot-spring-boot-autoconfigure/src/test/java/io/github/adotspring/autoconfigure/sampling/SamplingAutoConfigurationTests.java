package io.github.adotspring.autoconfigure.sampling;

import java.time.Clock;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSamplerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SamplingAutoConfiguration}.
 */
class SamplingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, SamplingAutoConfiguration.class));

	@Test
	void providesTheSamplersAndStartsNothingWhileNoSdkAsksForIt() {
		this.runner.run((context) -> {
			assertThat(context.getBeansOfType(ConfigurableSamplerProvider.class).values())
				.extracting(ConfigurableSamplerProvider::getName)
				.containsExactlyInAnyOrder("xray", "rate_limited", "parentbased_rate_limited");
			assertThat(context.getBean(CentralSampling.class).isRunning()).isTrue();
			assertThat(context.getBean(SamplingReport.class).status()).isNull();
			assertThat(context.getBean(SamplingReport.class).explain("GET", "/", null)).isNull();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("adot-sampling");
		});
	}

	@Test
	void providesNothingWhereTheStarterIsOff() {
		this.runner.withPropertyValues("management.adot.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConfigurableSamplerProvider.class)
				.doesNotHaveBean(SamplingReport.class));
	}

	@Test
	void beanOfTheApplicationIsUsedInstead() {
		CentralSampling own = new CentralSampling(Clock.systemUTC());
		this.runner.withBean(CentralSampling.class, () -> own)
			.run((context) -> assertThat(context.getBean(SamplingReport.class)).isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "probability=1.5, management.adot.tracing.sampling.probability, a share is from 0 to 1",
			"probability=NaN, management.adot.tracing.sampling.probability, a share is from 0 to 1",
			"traces-per-second=0, management.adot.tracing.sampling.traces-per-second, a number above zero",
			"traces-per-second=-1, management.adot.tracing.sampling.traces-per-second, a number above zero",
			"traces-per-second=NaN, management.adot.tracing.sampling.traces-per-second, a number above zero",
			"traces-per-second=Infinity, management.adot.tracing.sampling.traces-per-second, a number above zero",
			"timeout=0s, management.adot.tracing.sampling.timeout, longer than zero",
			"adaptive.max-traces=0, management.adot.tracing.sampling.adaptive.max-traces, the least is 1",
			"adaptive.trace-time=0s, management.adot.tracing.sampling.adaptive.trace-time, longer than zero",
			"adaptive.version=2, management.adot.tracing.sampling.adaptive.version, below 2",
			"adaptive.anomaly-conditions[0].error-code-regex=[, management.adot.tracing.sampling.adaptive.anomaly-conditions[0].error-code-regex, no regular expression",
			"adaptive.anomaly-conditions[0].usage=both, management.adot.tracing.sampling.adaptive.anomaly-conditions[0], nothing in it",
			"adaptive.anomaly-capture-limit.anomaly-traces-per-second=-1, management.adot.tracing.sampling.adaptive.anomaly-capture-limit.anomaly-traces-per-second, the least is 0",
			"endpoint=localhost:2000, management.adot.tracing.sampling.endpoint, a full URL" })
	void badInputNamesThePropertyAndTheRule(String property, String name, String rule) {
		this.runner.withPropertyValues("management.adot.tracing.sampling." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAdotConfigurationException.class)
				.hasMessageContaining(name)
				.hasMessageContaining(rule));
	}

	@Test
	void shareAndLimitWithoutASamplerAreAContradiction() {
		String[] both = { "management.adot.tracing.sampling.probability=0.1",
				"management.adot.tracing.sampling.traces-per-second=10" };
		this.runner.withPropertyValues(both)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAdotConfigurationException.class)
				.hasMessage("Property 'management.adot.tracing.sampling.traces-per-second' has the value '10.0', but "
						+ "there is 'management.adot.tracing.sampling.probability' too and each means another sampler."));
		this.runner.withPropertyValues(both)
			.withPropertyValues("management.adot.tracing.sampling.sampler=ratio")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
