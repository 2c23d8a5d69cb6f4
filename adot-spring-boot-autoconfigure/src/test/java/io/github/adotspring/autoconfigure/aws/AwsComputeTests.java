package io.github.adotspring.autoconfigure.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AwsCompute}.
 */
final class AwsComputeTests {

	@TempDir
	private Path root;

	@ParameterizedTest
	@CsvSource({ "AWS_LAMBDA_FUNCTION_NAME, orders, AWS Lambda",
			"ECS_CONTAINER_METADATA_URI_V4, http://169.254.170.2/v4/1, Amazon ECS",
			"ECS_CONTAINER_METADATA_URI, http://169.254.170.2/v3/1, Amazon ECS",
			"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, /v2/credentials/1, Amazon ECS",
			"AWS_CONTAINER_CREDENTIALS_FULL_URI, http://169.254.170.23/v1/credentials, Amazon EKS",
			"AWS_WEB_IDENTITY_TOKEN_FILE, /var/run/secrets/token, Amazon EKS",
			"AWS_EXECUTION_ENV, AWS_APP_RUNNER, AWS compute" })
	void knowsAPlatformByTheVariablesThatAwsSets(String variable, String value, String platform) {
		assertThat(new AwsCompute(Map.of(variable, value)::get, this.root).detect()).isEqualTo(platform);
		assertThat(new AwsCompute(Map.of(variable, " ")::get, this.root).detect()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "var/elasticbeanstalk/xray/environment.conf, {}, AWS Elastic Beanstalk",
			"sys/devices/virtual/dmi/id/sys_vendor, Amazon EC2, Amazon EC2",
			"sys/devices/virtual/dmi/id/board_vendor, Amazon EC2, Amazon EC2",
			"sys/hypervisor/uuid, ec2e1916-9099-7caf-fd21-012345abcdef, Amazon EC2",
			"sys/hypervisor/uuid, EC2E1916-9099-7CAF-FD21-012345ABCDEF, Amazon EC2" })
	void knowsAPlatformByTheFilesOnIt(String file, String content, String platform) throws IOException {
		write(file, content + "\n");
		assertThat(new AwsCompute((name) -> null, this.root).detect()).isEqualTo(platform);
	}

	@ParameterizedTest
	@CsvSource({ "sys/devices/virtual/dmi/id/sys_vendor, LENOVO", "sys/devices/virtual/dmi/id/board_vendor, QEMU",
			"sys/hypervisor/uuid, 00000000-0000-0000-0000-000000000000" })
	void takesOtherHardwareForNoAwsCompute(String file, String content) throws IOException {
		write(file, content);
		assertThat(new AwsCompute((name) -> null, this.root).detect()).isNull();
	}

	@Test
	void readsWhatIsNoTextWithoutFailing() throws IOException {
		Files.createDirectories(this.root.resolve("sys/devices/virtual/dmi/id/sys_vendor"));
		Path uuid = this.root.resolve("sys/hypervisor/uuid");
		Files.createDirectories(uuid.getParent());
		Files.write(uuid, new byte[] { (byte) 0xff, (byte) 0xfe, 0 });
		assertThat(new AwsCompute((name) -> null, this.root).detect()).isNull();
	}

	@Test
	void prefersWhatIsMostParticular() throws IOException {
		write("sys/devices/virtual/dmi/id/sys_vendor", "Amazon EC2");
		assertThat(new AwsCompute(Map.of("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE", "ECS_CONTAINER_METADATA_URI_V4",
				"http://169.254.170.2/v4/1")::get, this.root)
			.detect()).isEqualTo("Amazon ECS");
		assertThat(new AwsCompute((name) -> null, this.root).detect()).isEqualTo("Amazon EC2");
	}

	@Test
	void findsNothingOnALaptop() {
		Map<String, String> laptop = Map.of("AWS_REGION", "eu-west-1", "AWS_PROFILE", "dev", "HOME", "/home/me");
		assertThat(new AwsCompute(laptop::get, this.root).detect()).isNull();
	}

	private void write(String file, String content) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

}
