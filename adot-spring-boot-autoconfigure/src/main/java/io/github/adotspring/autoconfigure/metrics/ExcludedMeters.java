package io.github.adotspring.autoconfigure.metrics;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.jspecify.annotations.Nullable;

import org.springframework.util.PatternMatchUtils;

/**
 * The meters that are not exported. Where each series costs money these are by default
 * what never changes, what another meter tells too, and what helps nobody to find out why
 * an application is slow or fails.
 */
final class ExcludedMeters implements MeterFilter {

	/**
	 * Meters of Boot and of Micrometer, and of the starter itself, that cost more than
	 * they tell.
	 */
	static final List<String> DEFAULTS = List.of(
			// Does not change, or is in the log.
			"application.ready.time", "application.started.time", "jvm.info", "process.start.time", "process.uptime",
			"process.files.max", "system.cpu.count", "disk.total", "executor.pool.core", "executor.pool.max",
			"hikaricp.connections.min",
			// Follows from another: process.cpu.usage, jvm.memory.used, jvm.threads.live,
			// hikaricp.connections.*, http.server.requests.
			"process.cpu.time", "jvm.memory.committed", "jvm.threads.daemon", "jvm.threads.peak", "jvm.threads.started",
			"jvm.threads.states", "hikaricp.connections", "hikaricp.connections.creation", "jdbc.connections.*",
			"tomcat.global.*", "tomcat.servlet.*",
			// What is under way now, once more for each set of tags.
			"http.server.requests.active", "http.client.requests.active", "tasks.scheduled.execution.active",
			// Inner workings; jvm.gc.pause and jvm.gc.overhead tell what they cost.
			"jvm.buffer.*", "jvm.classes.*", "jvm.compilation.*", "jvm.gc.concurrent.phase.time",
			"jvm.gc.live.data.size", "jvm.gc.max.data.size", "jvm.gc.memory.*", "tomcat.cache.*", "tomcat.sessions.*",
			"lettuce.command.firstresponse", "kafka.admin.*", "kafka.app.info.*", "kafka.*.node.*",
			// Tells of the export itself, which the actuator shows also when it fails.
			"adot.*", "otel.sdk.*");

	private static final Set<String> LOG_EVENTS = Set.of("logback.events", "log4j2.events");

	private static final Set<String> PROBLEMS = Set.of("warn", "error", "fatal");

	private final @Nullable List<String> exclude;

	private final List<String> include;

	private final BooleanSupplier billed;

	ExcludedMeters(@Nullable List<String> exclude, List<String> include, BooleanSupplier billed) {
		this.exclude = exclude;
		this.include = include;
		this.billed = billed;
	}

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		return (isExcluded(id) && !matches(this.include, id)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
	}

	private boolean isExcluded(Meter.Id id) {
		if (this.exclude != null) {
			return matches(this.exclude, id);
		}
		return this.billed.getAsBoolean() && (matches(DEFAULTS, id) || isOrdinaryLogEvent(id));
	}

	private static boolean isOrdinaryLogEvent(Meter.Id id) {
		String level = LOG_EVENTS.contains(id.getName()) ? id.getTag("level") : null;
		return level != null && !PROBLEMS.contains(level);
	}

	private static boolean matches(List<String> patterns, Meter.Id id) {
		return patterns.stream().anyMatch((pattern) -> PatternMatchUtils.simpleMatch(pattern, id.getName()));
	}

}
