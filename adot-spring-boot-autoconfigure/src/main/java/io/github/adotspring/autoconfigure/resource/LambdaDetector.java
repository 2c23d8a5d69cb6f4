package io.github.adotspring.autoconfigure.resource;

import org.jspecify.annotations.Nullable;

/**
 * AWS Lambda, as its environment variables describe it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Environment
 * variables of Lambda</a>
 */
final class LambdaDetector implements Detector {

	private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

	private static final long MEGABYTE = 1024 * 1024;

	private final Surroundings surroundings;

	LambdaDetector(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	static boolean isHere(Surroundings surroundings) {
		return surroundings.variable(FUNCTION) != null;
	}

	@Override
	public @Nullable String absence() {
		return isHere(this.surroundings) ? null : FUNCTION + " is not set";
	}

	@Override
	public Findings detect(MetadataClient client) {
		String function = this.surroundings.variable(FUNCTION);
		String stream = this.surroundings.variable("AWS_LAMBDA_LOG_STREAM_NAME");
		Findings findings = Findings.on("aws_lambda")
			.put("cloud.region", this.surroundings.variable("AWS_REGION"))
			.put("service.name", function)
			.put("faas.name", function)
			.put("faas.version", this.surroundings.variable("AWS_LAMBDA_FUNCTION_VERSION"))
			.put("faas.instance", stream)
			.putOnly("aws.log.group.names", this.surroundings.variable("AWS_LAMBDA_LOG_GROUP_NAME"))
			.putOnly("aws.log.stream.names", stream)
			.missing("cloud.account.id", "Lambda tells it with an invocation only");
		String memory = this.surroundings.variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
		if (memory != null && memory.matches("\\d{1,9}")) {
			findings.put("faas.max_memory", Long.parseLong(memory) * MEGABYTE);
		}
		return findings;
	}

}
