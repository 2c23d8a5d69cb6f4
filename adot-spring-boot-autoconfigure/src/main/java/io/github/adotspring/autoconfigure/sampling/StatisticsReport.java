package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
import org.jspecify.annotations.Nullable;

/**
 * Tells X-Ray once what was decided by some rules, in as many calls as it takes. What
 * X-Ray does not take is counted again.
 */
final class StatisticsReport {

	private final RuleSet rules;

	private final List<RuleStatistics> statistics;

	private @Nullable Duration interval;

	private @Nullable Instant rulesModified;

	private @Nullable String error;

	StatisticsReport(RuleSet rules, Instant now) {
		this.rules = rules;
		this.statistics = rules.states()
			.stream()
			.map((state) -> state.take(now))
			.filter(Objects::nonNull)
			.collect(Collectors.toList());
	}

	boolean isEmpty() {
		return this.statistics.isEmpty();
	}

	/**
	 * Tell X-Ray. A call that fails does not keep the others from being made.
	 */
	void send(SamplingApi api, String clientId) {
		for (int i = 0; i < this.statistics.size(); i += SamplingApi.MAX_STATISTICS) {
			int end = Math.min(this.statistics.size(), i + SamplingApi.MAX_STATISTICS);
			List<RuleStatistics> part = List.copyOf(this.statistics.subList(i, end));
			try {
				Targets answer = api.targets(clientId, part);
				use(answer);
				giveBackUnprocessed(part, answer.unprocessed());
			}
			catch (IOException | RuntimeException ex) {
				part.forEach(this::giveBack);
				this.error = Poll.text(ex);
			}
		}
	}

	private void use(Targets answer) {
		for (SamplingTarget target : answer.targets()) {
			RuleState state = this.rules.state(target.rule());
			if (state != null) {
				state.update(target);
			}
			Duration interval = target.interval();
			if (interval != null && (this.interval == null || interval.compareTo(this.interval) < 0)) {
				this.interval = interval;
			}
		}
		if (answer.rulesModified() != null) {
			this.rulesModified = answer.rulesModified();
		}
	}

	private void giveBackUnprocessed(List<RuleStatistics> part, List<Unprocessed> unprocessed) {
		if (!unprocessed.isEmpty()) {
			Set<String> names = unprocessed.stream().map(Unprocessed::rule).collect(Collectors.toSet());
			part.stream().filter((statistics) -> names.contains(statistics.rule())).forEach(this::giveBack);
			Unprocessed first = unprocessed.get(0);
			this.error = "statistics of rule %s were not taken, %s: %s".formatted(first.rule(), first.code(),
					first.message());
		}
	}

	private void giveBack(RuleStatistics statistics) {
		RuleState state = this.rules.state(statistics.rule());
		if (state != null) {
			state.giveBack(statistics);
		}
	}

	/**
	 * The smallest interval that X-Ray asks for, {@code null} if it asks for none.
	 */
	@Nullable Duration interval() {
		return this.interval;
	}

	/**
	 * When X-Ray says that any rule was last changed.
	 */
	@Nullable Instant rulesModified() {
		return this.rulesModified;
	}

	/**
	 * What was wrong last, {@code null} if nothing was.
	 */
	@Nullable String error() {
		return this.error;
	}

}
