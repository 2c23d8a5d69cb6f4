package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the detectors that ask nobody: Lambda, App Runner and Elastic Beanstalk.
 */
final class LocalDetectorsTests {

	private static final String BEANSTALK_FILE = "/var/elasticbeanstalk/xray/environment.conf";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void functionIsDescribedByItsVariables() {
		DetectorReport report = detect(DetectorName.LAMBDA,
				this.place.variable("AWS_LAMBDA_FUNCTION_NAME", "orders")
					.variable("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
					.variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
					.variable("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/orders")
					.variable("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]7a")
					.variable("AWS_REGION", "eu-west-1"));
		assertThat(report.attributes()).containsExactlyInAnyOrderEntriesOf(
				Map.of("cloud.provider", "aws", "cloud.platform", "aws_lambda", "cloud.region", "eu-west-1",
						"service.name", "orders", "faas.name", "orders", "faas.version", "$LATEST", "faas.instance",
						"2026/01/01/[$LATEST]7a", "faas.max_memory", 512L * 1024 * 1024, "aws.log.group.names",
						List.of("/aws/lambda/orders"), "aws.log.stream.names", List.of("2026/01/01/[$LATEST]7a")));
		assertThat(report.missing()).containsKey("cloud.account.id");
	}

	@ParameterizedTest
	@ValueSource(strings = { "much", "-1", "99999999999999999999" })
	void memoryThatIsNoNumberIsLeftOut(String memory) {
		assertThat(detect(DetectorName.LAMBDA,
				this.place.variable("AWS_LAMBDA_FUNCTION_NAME", "orders")
					.variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory))
			.attributes()).containsEntry("faas.name", "orders").doesNotContainKey("faas.max_memory");
	}

	@ParameterizedTest
	@CsvSource({ "AWS_EXECUTION_ENV, AWS_APP_RUNNER", "AWS_EXECUTION_ENV, AWS_AppRunner", "AWSAPPRUNNER_X, 1" })
	void appRunnerIsKnownByItsVariables(String variable, String value) {
		DetectorReport report = detect(DetectorName.APP_RUNNER,
				this.place.variable(variable, value).variable("AWS_DEFAULT_REGION", "eu-west-1"));
		assertThat(report.attributes()).containsExactlyInAnyOrderEntriesOf(
				Map.of("cloud.provider", "aws", "cloud.platform", "aws_app_runner", "cloud.region", "eu-west-1"));
		assertThat(report.missing()).containsOnlyKeys("cloud.account.id", "cloud.resource_id");
	}

	@Test
	void taskOfAppRunnerIsNotTakenForOneOfTheUser() {
		PlatformDetection detection = Detections.in(this.place.variable("AWS_EXECUTION_ENV", "AWS_APP_RUNNER")
			.variable("ECS_CONTAINER_METADATA_URI_V4", "http://127.0.0.1:1/v4/id"));
		assertThat(Detections.report(detection, DetectorName.ECS).outcome()).isEqualTo(Outcome.ABSENT);
		assertThat(Detections.attributes(detection)).containsEntry("cloud.platform", "aws_app_runner");
	}

	@Test
	void environmentOfBeanstalkIsDescribedByItsFile() {
		DetectorReport report = detect(DetectorName.ELASTIC_BEANSTALK,
				this.place.variable("AWS_EC2_METADATA_DISABLED", "true")
					.file(BEANSTALK_FILE, MetadataBodies.BEANSTALK));
		assertThat(report.attributes())
			.containsExactlyInAnyOrderEntriesOf(Map.of("cloud.provider", "aws", "cloud.platform",
					"aws_elastic_beanstalk", "service.namespace", "orders-prod", "service.version", "orders-1.4.2",
					"deployment.environment.name", "orders-prod", "aws.elastic_beanstalk.deployment.id", "7"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "deployment_id=7", "[]", "{\"deployment_id\":" })
	void fileOfBeanstalkThatIsBrokenIsAFailure(String content) {
		DetectorReport report = detect(DetectorName.ELASTIC_BEANSTALK,
				this.place.variable("AWS_EC2_METADATA_DISABLED", "true").file(BEANSTALK_FILE, content));
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.reason()).startsWith(BEANSTALK_FILE).doesNotContain("deployment_id");
	}

	private static DetectorReport detect(DetectorName name, Place place) {
		return Detections.report(Detections.in(place), name);
	}

}
