package io.github.adotspring.autoconfigure.resource;

/**
 * A platform that a detector looks for. The order is that of the default: what is more
 * specific comes first, and wins over what it runs on.
 */
enum DetectorName {

	/**
	 * AWS Lambda, told by its environment variables.
	 */
	LAMBDA("lambda"),

	/**
	 * AWS App Runner, told by its environment variables.
	 */
	APP_RUNNER("app-runner"),

	/**
	 * Amazon ECS, asked for its task metadata.
	 */
	ECS("ecs"),

	/**
	 * Amazon EKS, told by the tokens in the pod.
	 */
	EKS("eks"),

	/**
	 * AWS Elastic Beanstalk, told by a file of it.
	 */
	ELASTIC_BEANSTALK("elastic-beanstalk"),

	/**
	 * Amazon EC2, asked for its instance metadata.
	 */
	EC2("ec2");

	private final String key;

	DetectorName(String key) {
		this.key = key;
	}

	/**
	 * The name as it is written in properties.
	 */
	String key() {
		return this.key;
	}

}
