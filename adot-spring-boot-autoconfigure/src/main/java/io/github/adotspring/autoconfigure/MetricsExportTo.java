package io.github.adotspring.autoconfigure;

import java.util.Locale;

/**
 * Where metrics go, the values of {@code management.adot.metrics.export.to}.
 */
public enum MetricsExportTo {

	/**
	 * An OTLP endpoint where one is configured, else CloudWatch on AWS compute, else the
	 * console.
	 */
	AUTO,

	/**
	 * The OTLP endpoint of Amazon CloudWatch, signed with SigV4.
	 */
	CLOUDWATCH,

	/**
	 * CloudWatch Embedded Metric Format, to CloudWatch Logs, the standard output or the
	 * CloudWatch agent.
	 */
	EMF,

	/**
	 * The classic API of Amazon CloudWatch, {@code PutMetricData}.
	 */
	CLOUDWATCH_API,

	/**
	 * Amazon Managed Service for Prometheus, by remote write.
	 */
	AMP,

	/**
	 * Any OTLP receiver, by default the collector on localhost.
	 */
	COLLECTOR,

	/**
	 * The application's own console and log; nothing leaves the machine.
	 */
	CONSOLE,

	/**
	 * Nowhere: meters stay, nothing is exported.
	 */
	NONE;

	/**
	 * The kind of destination.
	 * @return {@link ExportTo#AWS} for everything at AWS
	 */
	public ExportTo kind() {
		return switch (this) {
			case AUTO -> ExportTo.AUTO;
			case CLOUDWATCH, EMF, CLOUDWATCH_API, AMP -> ExportTo.AWS;
			case COLLECTOR -> ExportTo.COLLECTOR;
			case CONSOLE -> ExportTo.CONSOLE;
			case NONE -> ExportTo.NONE;
		};
	}

	/**
	 * The name in properties and reports.
	 * @return the name in lower case, with hyphens
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
