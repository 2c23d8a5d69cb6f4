package io.github.adotspring.autoconfigure.resource;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * AWS App Runner. Its containers are tasks of ECS in an account of AWS, so what ECS says
 * of them is not for the user.
 */
final class AppRunnerDetector implements Detector {

	private final Surroundings surroundings;

	AppRunnerDetector(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * App Runner reserves the prefix for its own variables.
	 */
	static boolean isHere(Surroundings surroundings) {
		String execution = surroundings.variable("AWS_EXECUTION_ENV");
		return surroundings.hasVariableThatStartsWith("AWSAPPRUNNER") || (execution != null
				&& execution.replace("_", "").toUpperCase(Locale.ROOT).startsWith("AWSAPPRUNNER"));
	}

	@Override
	public @Nullable String absence() {
		return isHere(this.surroundings) ? null : "AWS_EXECUTION_ENV does not name App Runner";
	}

	@Override
	public Findings detect(MetadataClient client) {
		String region = this.surroundings.variable("AWS_REGION");
		return Findings.on("aws_app_runner")
			.put("cloud.region", (region != null) ? region : this.surroundings.variable("AWS_DEFAULT_REGION"))
			.missing("cloud.account.id", "App Runner does not tell it")
			.missing("cloud.resource_id", "App Runner does not tell its containers the ARN of the service");
	}

}
