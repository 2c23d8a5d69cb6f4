package io.github.adotspring.autoconfigure.sampling;

import java.time.Clock;
import java.util.List;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnusedSamplingProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusedSamplingPropertiesTests {

	private static final String PREFIX = "management.adot.tracing.sampling.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, SamplingAutoConfiguration.class));

	@Test
	void warnsOfEachPropertyThatOnlyTheSamplerOfXrayUses(CapturedOutput output) {
		this.runner
			.withPropertyValues(PREFIX + "rules-file=classpath:sampling-rules.json",
					PREFIX + "endpoint=http://localhost:2000", PREFIX + "adaptive.version=1")
			.run((context) -> assertThat(warnings(output)).hasSize(3)
				.allMatch((line) -> line.contains("has no effect, because the sampler is not 'xray'"))
				.anyMatch((line) -> line.contains("'" + PREFIX + "rules-file'"))
				.anyMatch((line) -> line.contains("'" + PREFIX + "endpoint'"))
				.anyMatch((line) -> line.contains("'" + PREFIX + "adaptive'")));
	}

	@Test
	void doesNotWarnWhereNothingIsSet(CapturedOutput output) {
		this.runner.run((context) -> assertThat(warnings(output)).isEmpty());
	}

	@Test
	void doesNotWarnWhereXraysRulesDecide(CapturedOutput output) {
		CentralSampling sampling = new CentralSampling(Clock.systemUTC());
		LocalRules rules = List::of;
		sampling.sampler(new SamplingSource(new LocalSamplingApi(rules, Clock.systemUTC()), "test"), Resource.empty(),
				SamplingRules.NOT_ADAPTIVE);
		this.runner.withBean(CentralSampling.class, () -> sampling)
			.withPropertyValues(PREFIX + "adaptive.version=1")
			.run((context) -> assertThat(warnings(output)).isEmpty());
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("has no effect")).toList();
	}

}
