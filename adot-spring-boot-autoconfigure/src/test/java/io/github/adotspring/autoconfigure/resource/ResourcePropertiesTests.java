package io.github.adotspring.autoconfigure.resource;

import java.time.Duration;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceProperties}.
 */
final class ResourcePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ResourceAutoConfiguration.class));

	@Test
	void defaultsLookForAllPlatformsForASecond() {
		this.runner.run((context) -> {
			ResourceProperties properties = context.getBean(ResourceProperties.class);
			assertThat(properties.enabled()).isTrue();
			assertThat(properties.timeout()).isEqualTo(Duration.ofSeconds(1));
			assertThat(properties.order()).containsExactly(DetectorName.LAMBDA, DetectorName.APP_RUNNER,
					DetectorName.ECS, DetectorName.EKS, DetectorName.ELASTIC_BEANSTALK, DetectorName.EC2);
		});
	}

	@Test
	void detectorsAreWrittenInAnyFormAndCountOnce() {
		assertThat(Detections.properties("detectors=EC2, app-runner,elastic_beanstalk,ec2").order())
			.containsExactly(DetectorName.EC2, DetectorName.APP_RUNNER, DetectorName.ELASTIC_BEANSTALK);
	}

	@Test
	void unknownDetectorIsToldWithThoseThatThereAre() {
		this.runner.withPropertyValues("management.adot.resource.detectors=ecs,gce").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription() + " "
					+ FailureAnalyses.of(context.getStartupFailure()).getAction())
				.contains("management.adot.resource.detectors", "gce", "ELASTIC_BEANSTALK");
		});
	}

	@ParameterizedTest
	@CsvSource({ "0s, a time must be longer than zero", "-1s, a time must be longer than zero",
			"61s, the longest is 60s" })
	void timeoutIsBounded(String timeout, String rule) {
		this.runner.withPropertyValues("management.adot.resource.timeout=" + timeout).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.startsWith("Property 'management.adot.resource.timeout' has the value ")
				.endsWith(rule + ".");
		});
	}

}
