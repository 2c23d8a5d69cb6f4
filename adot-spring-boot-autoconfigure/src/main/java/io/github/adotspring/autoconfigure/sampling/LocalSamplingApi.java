package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Rules of this application's own in the place of X-Ray, for tests and for where X-Ray
 * can't be reached. This instance has each reservoir for itself. They are read as often
 * as X-Ray would be asked.
 */
final class LocalSamplingApi implements SamplingApi {

	private static final Duration QUOTA_TIME = Duration.ofMinutes(1);

	private final LocalRules source;

	private final InstantSource clock;

	private volatile List<SamplingRule> rules = List.of();

	LocalSamplingApi(LocalRules source, InstantSource clock) {
		this.source = source;
		this.clock = clock;
	}

	@Override
	public List<SamplingRule> rules() throws IOException {
		this.rules = this.source.read();
		return this.rules;
	}

	@Override
	public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts) {
		Instant expiry = this.clock.instant().plus(QUOTA_TIME);
		List<SamplingTarget> targets = statistics.stream()
			.map((counted) -> target(counted.rule(), expiry))
			.filter(Objects::nonNull)
			.toList();
		return new Targets(targets, null, List.of(), List.of());
	}

	private @Nullable SamplingTarget target(String name, Instant expiry) {
		for (SamplingRule rule : this.rules) {
			if (rule.name().equals(name)) {
				return new SamplingTarget(name, rule.fixedRate(), rule.reservoirSize(), expiry, null, null);
			}
		}
		return null;
	}

}
