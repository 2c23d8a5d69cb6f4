package io.github.adotspring.autoconfigure;

/**
 * Where the telemetry of a signal goes, the values of {@code management.adot.export.to}.
 */
public enum ExportTo {

	/**
	 * An OTLP endpoint where one is configured, else AWS on AWS compute, else the
	 * console.
	 */
	AUTO,

	/**
	 * Straight to AWS, signed with SigV4.
	 */
	AWS,

	/**
	 * Any OTLP receiver, by default the collector on localhost.
	 */
	COLLECTOR,

	/**
	 * The application's own console and log; nothing leaves the machine.
	 */
	CONSOLE,

	/**
	 * Nowhere: instrumentation stays on, nothing is exported.
	 */
	NONE

}
