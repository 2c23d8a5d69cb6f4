package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.AwsOtlpExtension;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.QuietLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CloudWatchLogsAutoConfiguration} and the properties behind it.
 */
class CloudWatchLogsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, CloudWatchLogsAutoConfiguration.class));

	@Test
	void saysTheNamesWithTheirPlaceholdersWhileThereIsNoSdk() {
		this.runner.run((context) -> assertThat(context.getBean(AwsOtlpExtension.class).describe())
			.isEqualTo("log group /adot/{service.name}, log stream {service.instance.id}"));
	}

	@Test
	void isOffWithTheStarter() {
		this.runner.withPropertyValues("management.adot.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AwsOtlpExtension.class));
	}

	@Test
	void backsOffForTheUsersOwn() {
		this.runner.withBean("mine", CloudWatchLogs.class, () -> new CloudWatchLogs(null, null))
			.run((context) -> assertThat(context).hasSingleBean(AwsOtlpExtension.class)
				.hasSingleBean(QuietLog.class)
				.hasSingleBean(ExportedResource.class)
				.hasBean("mine"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			log-group | my group | 512 letters
			log-group | aws/{service.name} | aws/
			log-group | /adot/{service.name | 512 letters
			log-group | /adot/{} | 512 letters
			log-stream | a:b | neither
			log-stream | ends* | neither
			retention-days | 31 | some numbers of days
			kms-key-id | alias/logs | ARN of a key
			kms-key-id | arn:aws:kms:eu-west-1:123456789012:alias/logs | ARN of a key
			""")
	void refusesWhatCloudWatchWould(String property, String value, String rule) {
		this.runner.withPropertyValues("management.adot.logging." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAdotConfigurationException.class)
				.hasMessageContaining("'management.adot.logging." + property + "'")
				.hasMessageContaining(value)
				.hasMessageContaining(rule));
	}

	@ParameterizedTest
	@ValueSource(strings = { "log-group=/ecs/{service.namespace}/{service.name}", "log-group={service.name}#1",
			"log-stream={host.name}/{service.instance.id}", "log-stream=all of them [1]", "retention-days=3653",
			"kms-key-id=arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1234" })
	void takesWhatCloudWatchDoes(String property) {
		this.runner.withPropertyValues("management.adot.logging." + property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
