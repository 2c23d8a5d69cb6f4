package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
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
			this.rules.failed(now, this.clock.instant().plus(jittered(retryInterval())), text(ex));
		}
	}

	private Duration retryInterval() {
		Duration interval = TARGETS_INTERVAL
			.multipliedBy(1L << Math.min(this.rules.figures().failures(), MAX_DOUBLINGS));
		return (interval.compareTo(RULES_INTERVAL) < 0) ? interval : RULES_INTERVAL;
	}

	private Duration jittered(Duration interval) {
		return interval.plusMillis((long) (interval.toMillis() * RULES_JITTER * this.random.getAsDouble()));
	}

	private void report() {
		Instant now = this.clock.instant();
		RuleSet rules = this.sampler.rules();
		List<RuleStatistics> statistics = rules.states()
			.stream()
			.map((state) -> state.take(now))
			.filter(Objects::nonNull)
			.collect(Collectors.toList());
		if (statistics.isEmpty()) {
			this.targets.schedule(now.plus(TARGETS_INTERVAL));
			return;
		}
		report(rules, statistics, now);
	}

	/** A part that fails does not keep the others from being told. */
	private void report(RuleSet rules, List<RuleStatistics> statistics, Instant now) {
		List<Duration> intervals = new ArrayList<>();
		String error = null;
		for (int i = 0; i < statistics.size(); i += SamplingApi.MAX_STATISTICS) {
			List<RuleStatistics> part = List
				.copyOf(statistics.subList(i, Math.min(statistics.size(), i + SamplingApi.MAX_STATISTICS)));
			try {
				Targets answer = this.api.targets(this.clientId, part);
				intervals.addAll(use(rules, answer));
				error = giveBackUnprocessed(rules, part, answer.unprocessed(), error);
			}
			catch (IOException | RuntimeException ex) {
				part.forEach((untold) -> giveBack(rules, untold));
				error = text(ex);
			}
		}
		if (error != null) {
			this.targets.failed(now, this.clock.instant().plus(TARGETS_INTERVAL), error);
		}
		else {
			this.targets.succeeded(now, this.clock.instant().plus(smallest(intervals)));
		}
	}

	private List<Duration> use(RuleSet rules, Targets answer) {
		List<Duration> intervals = new ArrayList<>();
		for (SamplingTarget target : answer.targets()) {
			intervals.add(Objects.requireNonNullElse(target.interval(), TARGETS_INTERVAL));
			RuleState state = rules.state(target.rule());
			if (state != null) {
				state.update(target);
			}
		}
		readRulesAtOnceIfChanged(answer.rulesModified());
		return intervals;
	}

	private static @Nullable String giveBackUnprocessed(RuleSet rules, List<RuleStatistics> sent,
			List<Unprocessed> unprocessed, @Nullable String error) {
		Set<String> names = unprocessed.stream().map(Unprocessed::rule).collect(Collectors.toSet());
		sent.stream()
			.filter((statistics) -> names.contains(statistics.rule()))
			.forEach((statistics) -> giveBack(rules, statistics));
		return unprocessed.isEmpty() ? error
				: "statistics of %d rules were not taken, %s".formatted(names.size(), unprocessed.get(0));
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

	private static void giveBack(RuleSet rules, RuleStatistics statistics) {
		RuleState state = rules.state(statistics.rule());
		if (state != null) {
			state.giveBack(statistics);
		}
	}

	private static Duration smallest(List<Duration> intervals) {
		Duration smallest = intervals.stream().min(Comparator.naturalOrder()).orElse(TARGETS_INTERVAL);
		return (smallest.compareTo(MIN_INTERVAL) > 0) ? smallest : MIN_INTERVAL;
	}

	private static String text(Exception ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

}
