package io.github.adotspring.autoconfigure.logging;

import java.util.concurrent.atomic.AtomicLong;

import io.opentelemetry.api.logs.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The records of one logger: how many may be exported, and how many were suppressed since
 * the last that was.
 */
final class LoggerRate {

	private final @Nullable PerSecond limit;

	private final AtomicLong suppressed = new AtomicLong();

	LoggerRate(@Nullable Integer limit) {
		this.limit = (limit != null) ? new PerSecond(limit) : null;
	}

	boolean take(Severity severity, int second) {
		return this.limit == null || this.limit.take(severity, second);
	}

	void suppressed() {
		this.suppressed.incrementAndGet();
	}

	/**
	 * How many were suppressed since this was last asked.
	 */
	long takeSuppressed() {
		return (this.suppressed.get() != 0) ? this.suppressed.getAndSet(0) : 0;
	}

}
