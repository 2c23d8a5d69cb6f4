package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.aws.OwnCalls;
import org.jspecify.annotations.Nullable;

/**
 * Tells the records that telemetry itself causes. If they were exported, each export
 * would have another one to follow.
 */
final class OwnRecords {

	/** Of the delivery, and of the detection of resources. */
	private static final String THREADS = "adot-";

	/** Of the start-up report, and of what the delivery and the console say. */
	private static final String CATEGORY = "io.github.adotspring";

	/**
	 * The JDK's HTTP client logs at debug level, on threads that don't tell whose request
	 * it is.
	 */
	private static final String[] LOGGERS = { "io.github.adotspring.autoconfigure.", "io.github.adotspring.console",
			"io.opentelemetry.", "io.micrometer.registry.otlp.", "io.micrometer.core.instrument.push.",
			"jdk.httpclient.", "jdk.internal.httpclient." };

	private OwnRecords() {
	}

	/**
	 * Whether a record is one of telemetry's own. The name of the thread is that of the
	 * record, because an asynchronous appender has another one.
	 */
	static boolean contain(@Nullable String logger, @Nullable String thread) {
		return (thread != null && thread.startsWith(THREADS)) || isOwn(logger) || OwnCalls.isCurrent();
	}

	private static boolean isOwn(@Nullable String logger) {
		// Every record is asked, and nearly all of them are the application's.
		if (logger == null || !(logger.startsWith("io.") || logger.startsWith("jdk."))) {
			return false;
		}
		if (logger.equals(CATEGORY)) {
			return true;
		}
		for (String own : LOGGERS) {
			if (logger.startsWith(own)) {
				return true;
			}
		}
		return false;
	}

}
