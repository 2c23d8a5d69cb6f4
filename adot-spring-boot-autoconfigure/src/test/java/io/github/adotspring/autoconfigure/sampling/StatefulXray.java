package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * X-Ray without a network: rules that change, and reservoirs that are shared.
 */
final class StatefulXray implements SamplingApi {

	private final VirtualClock clock;

	private final Map<String, SharedReservoir> reservoirs = new HashMap<>();

	private List<SamplingRule> rules;

	private Instant modified = VirtualClock.START;

	private long requests;

	private long sampled;

	StatefulXray(VirtualClock clock, SamplingRule... rules) {
		this.clock = clock;
		this.rules = List.of(rules);
	}

	void change(SamplingRule... rules) {
		this.rules = List.of(rules);
		this.modified = this.clock.instant();
	}

	long requests() {
		return this.requests;
	}

	long sampled() {
		return this.sampled;
	}

	@Override
	public List<SamplingRule> rules() {
		return this.rules;
	}

	@Override
	public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts) {
		List<SamplingTarget> targets = new ArrayList<>();
		List<Unprocessed> unprocessed = new ArrayList<>();
		for (RuleStatistics one : statistics) {
			this.rules.stream()
				.filter((rule) -> rule.name().equals(one.rule()))
				.findFirst()
				.ifPresentOrElse((rule) -> targets.add(target(clientId, one, rule)),
						() -> unprocessed.add(new Unprocessed(one.rule(), "400", "Unknown rule")));
		}
		return new Targets(targets, this.modified, unprocessed, List.of());
	}

	private SamplingTarget target(String clientId, RuleStatistics statistics, SamplingRule rule) {
		this.requests += statistics.requests();
		this.sampled += statistics.sampled();
		Instant now = this.clock.instant();
		int quota = this.reservoirs.computeIfAbsent(rule.name(), (name) -> new SharedReservoir())
			.grant(clientId, statistics.requests(), rule.reservoirSize(), now);
		return new SamplingTarget(rule.name(), rule.fixedRate(), quota, now.plus(SharedReservoir.TTL),
				Duration.ofSeconds(10), null);
	}

}
