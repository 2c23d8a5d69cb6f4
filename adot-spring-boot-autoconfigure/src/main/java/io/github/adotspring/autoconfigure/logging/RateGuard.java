package io.github.adotspring.autoconfigure.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.opentelemetry.api.logs.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Decides which log records are within the limits of a second, and counts the others.
 * There is no lock but for the first record of a logger.
 */
final class RateGuard {

	/** What {@link #admit} says of a record that is one too many. */
	static final long SUPPRESSED = -1;

	/** Loggers with an account of their own. All that come later share one. */
	static final int MAX_LOGGERS = 1_000;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final @Nullable PerSecond limit;

	private final @Nullable Integer perLogger;

	private final LongSupplier nanoTime;

	private final long start;

	private final Map<String, LoggerRate> loggers = new ConcurrentHashMap<>();

	private final LoggerRate others;

	/**
	 * Create a new instance.
	 * @param perSecond most records in a second, {@code null} for no limit
	 * @param perLogger most records of a logger in a second, {@code null} for no limit
	 * @param nanoTime a clock that only goes forward
	 */
	RateGuard(@Nullable Integer perSecond, @Nullable Integer perLogger, LongSupplier nanoTime) {
		this.limit = (perSecond != null) ? new PerSecond(perSecond) : null;
		this.perLogger = perLogger;
		this.nanoTime = nanoTime;
		// So that no window of the first second is one of the second before.
		this.start = nanoTime.getAsLong() - SECOND;
		this.others = new LoggerRate(perLogger);
	}

	/**
	 * Decide on a record.
	 * @return how many of its logger were suppressed since the last that was not, or
	 * {@link #SUPPRESSED}
	 */
	long admit(String logger, Severity severity) {
		int second = (int) ((this.nanoTime.getAsLong() - this.start) / SECOND);
		LoggerRate rate = of(logger);
		if (rate.take(severity, second) && (this.limit == null || this.limit.take(severity, second))) {
			return rate.takeSuppressed();
		}
		rate.suppressed();
		return SUPPRESSED;
	}

	private LoggerRate of(String logger) {
		LoggerRate rate = this.loggers.get(logger);
		return (rate != null) ? rate : add(logger);
	}

	private LoggerRate add(String logger) {
		if (this.loggers.size() >= MAX_LOGGERS) {
			return this.others;
		}
		synchronized (this.loggers) {
			return (this.loggers.size() < MAX_LOGGERS)
					? this.loggers.computeIfAbsent(logger, (name) -> new LoggerRate(this.perLogger)) : this.others;
		}
	}

}
