package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;

/**
 * A logging framework whose records are captured. It has one configuration for the JVM,
 * which can be replaced at any time and with it all appenders.
 */
interface CapturedFramework {

	/**
	 * The name of upstream's appender in {@code otel.instrumentation.*}.
	 */
	String instrumentation();

	/**
	 * Upstream's property for key-value pairs, without what all have in common.
	 */
	String keyValuesProperty();

	/**
	 * Capture records, and keep them as long as there is no SDK. Does nothing if records
	 * are already captured as these settings say.
	 */
	void attach(Capture settings);

	/**
	 * Give records, and those that were kept, to an SDK. Only after
	 * {@link #attach(Capture)}.
	 */
	void send(OpenTelemetry openTelemetry);

	/**
	 * Capture again, and once, what is captured by {@link #attach(Capture)}, however the
	 * configuration was changed.
	 */
	void restore();

	/**
	 * Capture nothing, and let go of the SDK and of records that were kept.
	 */
	void detach();

}
