package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.aws.AwsService;

/**
 * A kind of telemetry, with the names that users and OTLP have for it.
 */
public enum Signal {

	/**
	 * Traces, whose items are spans.
	 */
	TRACES("Traces", "spans", AwsService.XRAY),

	/**
	 * Metrics, whose items are data points.
	 */
	METRICS("Metrics", "data points", AwsService.MONITORING),

	/**
	 * Logs, whose items are log records.
	 */
	LOGS("Logs", "log records", AwsService.LOGS);

	private final String displayName;

	private final String itemName;

	private final AwsService awsService;

	Signal(String displayName, String itemName, AwsService awsService) {
		this.displayName = displayName;
		this.itemName = itemName;
		this.awsService = awsService;
	}

	/**
	 * The name in sentences and reports.
	 * @return the name with a capital
	 */
	public String displayName() {
		return this.displayName;
	}

	/**
	 * The name of its items in sentences.
	 * @return a plural
	 */
	public String itemName() {
		return this.itemName;
	}

	/**
	 * The AWS service that receives it.
	 * @return the service
	 */
	public AwsService awsService() {
		return this.awsService;
	}

	/**
	 * The path of the signal below the base URL of an OTLP receiver.
	 * @return the path with its leading slash
	 */
	public String path() {
		return this.awsService.path();
	}

}
