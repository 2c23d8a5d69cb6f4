package io.github.adotspring.autoconfigure.metrics;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.amp.AmpAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.cloudwatch.CloudWatchApiAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.SignalExport;
import io.github.adotspring.autoconfigure.emf.EmfAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsAutoConfiguration} and {@link MetricsProperties}.
 */
final class MetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, MetricsAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(MetricsAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefaultAndNeedsNoMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MetricExporterCustomizer.class)
				.getBean("adotMetricsExport", SignalExport.class)
				.isEqualTo(new SignalExport(Signal.METRICS, null, "management.adot.metrics.export.to")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetricsAutoConfiguration.class));
	}

	@Test
	void stepsBackForAnExportOfTheApplication() {
		SignalExport own = new SignalExport(Signal.METRICS, null, "own");
		this.runner.withBean("adotMetricsExport", SignalExport.class, () -> own)
			.run((context) -> assertThat(context).getBean(SignalExport.class).isSameAs(own));
	}

	@Test
	void readsDestinationsInAnyForm() {
		ApplicationContextRunner runner = this.runner.withConfiguration(AutoConfigurations
			.of(AmpAutoConfiguration.class, CloudWatchApiAutoConfiguration.class, EmfAutoConfiguration.class));
		runner
			.withPropertyValues("management.adot.metrics.export.to=cloudwatch-api,AMP",
					"management.adot.metrics.amp.workspace-id=ws-b226cc2a-a446-46a9-933a-ac50479a5568")
			.run((context) -> assertThat(context.getBean(MetricsProperties.class).export().to())
				.containsExactly(MetricsExportTo.CLOUDWATCH_API, MetricsExportTo.AMP));
		runner
			.withPropertyValues("management.adot.metrics.export.to[0]=emf",
					"management.adot.metrics.export.to[1]=cloudwatch")
			.run((context) -> assertThat(context.getBean(MetricsProperties.class).export().to())
				.containsExactly(MetricsExportTo.EMF, MetricsExportTo.CLOUDWATCH));
		this.runner.run((context) -> assertThat(context.getBean(MetricsProperties.class).export().to()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.metrics.max-series-per-meter=0", "management.adot.metrics.max-series=-1",
			"management.adot.metrics.export.to=none,emf" })
	void explainsWhatCannotBe(String property) {
		String name = property.substring(0, property.indexOf('='));
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("'" + name + "'"));
	}

}
