package io.github.adotspring.autoconfigure.emf;

/**
 * Where documents go.
 */
enum EmfOutput {

	/** To CloudWatch Logs, by its API. */
	LOGS,

	/** To the standard output, which AWS Lambda and the awslogs driver send there. */
	STDOUT,

	/** To the CloudWatch agent, which sends them there. */
	AGENT

}
