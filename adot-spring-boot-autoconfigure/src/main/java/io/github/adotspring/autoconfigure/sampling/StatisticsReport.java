package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.sampling.SamplingApi.Targets;
import io.github.adotspring.autoconfigure.sampling.SamplingApi.Unprocessed;
import org.jspecify.annotations.Nullable;

/**
 * Tells X-Ray once what was decided by some rules, in as many calls as it takes. What
 * X-Ray does not take is counted again.
 */
final class StatisticsReport {

	private static final String UNNAMED_SERVICE = "default";

	private final RuleSet rules;

	private final List<RuleStatistics> statistics;

	private final List<BoostStatistics> boosts;

	private @Nullable Duration interval;

	private @Nullable Instant rulesModified;

	private @Nullable String error;

	private boolean outage;

	StatisticsReport(RuleSet rules, Instant now) {
		this.rules = rules;
		this.statistics = taken((state) -> state.take(now));
		String name = rules.service().name();
		String service = (name != null) ? name : UNNAMED_SERVICE;
		this.boosts = taken((state) -> state.takeBoosts(service, now));
	}

	private <T> List<T> taken(Function<RuleState, @Nullable T> take) {
		List<T> taken = new ArrayList<>();
		for (RuleState state : this.rules.states()) {
			T statistics = take.apply(state);
			if (statistics != null) {
				taken.add(statistics);
			}
		}
		return taken;
	}

	boolean isEmpty() {
		return this.statistics.isEmpty() && this.boosts.isEmpty();
	}

	/**
	 * Tell X-Ray. A call that fails does not keep the others from being made.
	 */
	void send(SamplingApi api, String clientId) {
		int all = Math.max(this.statistics.size(), this.boosts.size());
		for (int i = 0; i < all; i += SamplingApi.MAX_STATISTICS) {
			send(api, clientId, part(this.statistics, i), part(this.boosts, i));
		}
	}

	private static <T> List<T> part(List<T> all, int start) {
		return List
			.copyOf(all.subList(Math.min(all.size(), start), Math.min(all.size(), start + SamplingApi.MAX_STATISTICS)));
	}

	private void send(SamplingApi api, String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts) {
		try {
			Targets answer = api.targets(clientId, statistics, boosts);
			use(answer);
			giveBackUnprocessed(answer.unprocessed(), statistics);
			giveBackUnprocessed(answer.unprocessedBoosts(), boosts);
		}
		catch (IOException | RuntimeException ex) {
			statistics.forEach(this::giveBack);
			boosts.forEach(this::giveBack);
			if (!(ex instanceof SamplingRefusal)) {
				this.outage = true;
				statistics.forEach(this::keepQuota);
			}
			this.error = Poll.text(ex);
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

	private void giveBackUnprocessed(List<Unprocessed> unprocessed, List<? extends Statistics> told) {
		if (!unprocessed.isEmpty()) {
			Set<String> names = unprocessed.stream().map(Unprocessed::rule).collect(Collectors.toSet());
			told.stream().filter((statistics) -> names.contains(statistics.rule())).forEach(this::giveBack);
			Unprocessed first = unprocessed.get(0);
			this.error = "statistics of rule %s were not taken, %s: %s".formatted(first.rule(), first.code(),
					first.message());
		}
	}

	private void giveBack(Statistics statistics) {
		RuleState state = this.rules.state(statistics.rule());
		if (state != null) {
			statistics.giveBackTo(state);
		}
	}

	private void keepQuota(RuleStatistics statistics) {
		RuleState state = this.rules.state(statistics.rule());
		if (state != null) {
			state.keepQuota(statistics.time().toEpochMilli());
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
	 * Whether X-Ray could not be asked.
	 */
	boolean isOutage() {
		return this.outage;
	}

	/**
	 * What was wrong last, {@code null} if nothing was.
	 */
	@Nullable String error() {
		return this.error;
	}

}
