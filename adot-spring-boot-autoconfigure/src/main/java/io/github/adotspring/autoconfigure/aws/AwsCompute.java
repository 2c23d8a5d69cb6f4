package io.github.adotspring.autoconfigure.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Whether the process runs on AWS compute, told from what is local to it: environment
 * variables that AWS sets, and files of the firmware and of Elastic Beanstalk. It never
 * asks the network.
 */
public final class AwsCompute {

	private static final List<Sign> SIGNS = List.of(new Sign("AWS_LAMBDA_FUNCTION_NAME", "AWS Lambda"),
			new Sign("ECS_CONTAINER_METADATA_URI_V4", "Amazon ECS"),
			new Sign("ECS_CONTAINER_METADATA_URI", "Amazon ECS"),
			new Sign("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "Amazon ECS"),
			new Sign("AWS_CONTAINER_CREDENTIALS_FULL_URI", "Amazon EKS"),
			new Sign("AWS_WEB_IDENTITY_TOKEN_FILE", "Amazon EKS"), new Sign("AWS_EXECUTION_ENV", "AWS compute"));

	private final Function<String, @Nullable String> environment;

	private final Path root;

	/**
	 * Create an instance.
	 * @param environment environment variables by name
	 * @param root root of the file system
	 */
	public AwsCompute(Function<String, @Nullable String> environment, Path root) {
		this.environment = environment;
		this.root = root;
	}

	/**
	 * The kind of AWS compute.
	 * @return a name such as "Amazon ECS", or {@code null} if nothing says that this is
	 * AWS
	 */
	public @Nullable String detect() {
		for (Sign sign : SIGNS) {
			String value = this.environment.apply(sign.variable());
			if (value != null && !value.isBlank()) {
				return sign.platform();
			}
		}
		if (Files.exists(this.root.resolve("var/elasticbeanstalk/xray/environment.conf"))) {
			return "AWS Elastic Beanstalk";
		}
		return isEc2() ? "Amazon EC2" : null;
	}

	/**
	 * Whether the firmware says that the machine is an instance of EC2.
	 * @return {@code true} in containers on such an instance too
	 */
	public boolean isEc2() {
		return read("sys/devices/virtual/dmi/id/sys_vendor").startsWith("amazon ec2")
				|| read("sys/devices/virtual/dmi/id/board_vendor").startsWith("amazon ec2")
				|| read("sys/hypervisor/uuid").startsWith("ec2");
	}

	private String read(String file) {
		try {
			return Files.readString(this.root.resolve(file), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
		}
		catch (IOException | SecurityException ex) {
			return "";
		}
	}

	private record Sign(String variable, String platform) {

	}

}
