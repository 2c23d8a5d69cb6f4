package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rules of a sampler up to date and tells X-Ray what was decided by them. It
 * has no thread: one has to call {@link #runDue()}, again at the time it returns.
 */
final class SamplingPoller {

	private static final Duration RULES_INTERVAL = Duration.ofSeconds(300);

	/** So that a fleet that started at once does not ask at once forever. */
	private static final double RULES_JITTER = 0.01;

	private static final Duration TARGETS_INTERVAL = Duration.ofSeconds(10);

	/** A quota is valid for a little longer than an interval. */
	private static final Duration TARGETS_RETRY = Duration.ofSeconds(2);

	private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

	private static final int MAX_DOUBLINGS = 5;

	private final SamplingApi api;

	private final XraySampler sampler;

	private final String clientId;

	private final InstantSource clock;

	private final DoubleSupplier random;

	private final Poll rules;

	private final Poll targets;

	private Instant rulesReadAt = Instant.EPOCH;

	private @Nullable Instant rulesModified;

	SamplingPoller(SamplingApi api, XraySampler sampler, String clientId, InstantSource clock, DoubleSupplier random,
			Log logger) {
		this.api = api;
		this.sampler = sampler;
		this.clientId = clientId;
		this.clock = clock;
		this.random = random;
		this.rules = new Poll("rules", clock.instant(), logger);
		this.targets = new Poll("targets", clock.instant().plus(TARGETS_INTERVAL), logger);
	}

	/**
	 * Do what is due.
	 * @return when to call again
	 */
	Instant runDue() {
		readRulesIfDue();
		if (this.targets.isDue(this.clock.instant())) {
			report();
			// X-Ray may just have told that they changed.
			readRulesIfDue();
		}
		Instant rules = this.rules.figures().next();
		Instant targets = this.targets.figures().next();
		return rules.isBefore(targets) ? rules : targets;
	}

	Poll.Figures rulesFigures() {
		return this.rules.figures();
	}

	Poll.Figures targetsFigures() {
		return this.targets.figures();
	}

	private void readRulesIfDue() {
		Instant now = this.clock.instant();
		if (!this.rules.isDue(now)) {
			return;
		}
		try {
			this.sampler.renewRules(this.api.rules(), now);
			this.rulesReadAt = now;
			this.rules.succeeded(now, this.clock.instant().plus(jittered(RULES_INTERVAL)));
		}
		catch (IOException | RuntimeException ex) {
			this.rules.failed(now,
					this.clock.instant().plus(jittered(doubled(TARGETS_INTERVAL, this.rules, RULES_INTERVAL))),
					Poll.text(ex));
		}
	}

	/**
	 * When to try again what fails: twice as late each time, up to its interval.
	 */
	private static Duration doubled(Duration first, Poll poll, Duration longest) {
		Duration interval = first.multipliedBy(1L << Math.min(poll.figures().failures(), MAX_DOUBLINGS));
		return (interval.compareTo(longest) < 0) ? interval : longest;
	}

	private Duration jittered(Duration interval) {
		return interval.plusMillis((long) (interval.toMillis() * RULES_JITTER * this.random.getAsDouble()));
	}

	private void report() {
		Instant now = this.clock.instant();
		StatisticsReport report = new StatisticsReport(this.sampler.rules(), now);
		if (report.isEmpty()) {
			this.targets.schedule(now.plus(TARGETS_INTERVAL));
			return;
		}
		report.send(this.api, this.clientId);
		String error = report.error();
		if (error != null) {
			Duration pause = report.isOutage() ? doubled(TARGETS_RETRY, this.targets, TARGETS_INTERVAL)
					: TARGETS_INTERVAL;
			this.targets.failed(now, this.clock.instant().plus(jittered(pause)), error);
		}
		else {
			this.targets.succeeded(now, this.clock.instant().plus(bounded(report.interval())));
		}
		readRulesAtOnceIfChanged(report.rulesModified());
	}

	/**
	 * A change is acted on once, whatever the clocks of X-Ray and of this machine make of
	 * it.
	 */
	private void readRulesAtOnceIfChanged(@Nullable Instant modified) {
		Instant known = (this.rulesModified != null) ? this.rulesModified : this.rulesReadAt;
		if (modified != null) {
			if (modified.isAfter(known)) {
				this.rules.schedule(this.clock.instant());
			}
			this.rulesModified = modified;
		}
	}

	private static Duration bounded(@Nullable Duration interval) {
		if (interval == null) {
			return TARGETS_INTERVAL;
		}
		return (interval.compareTo(MIN_INTERVAL) > 0) ? interval : MIN_INTERVAL;
	}

}
