package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Rules from a file in the place of X-Ray, for tests and for where X-Ray can't be
 * reached. This instance has each reservoir for itself. The file is read as often as
 * X-Ray would be asked.
 */
final class LocalSamplingApi implements SamplingApi {

	private static final Duration QUOTA_TIME = Duration.ofMinutes(1);

	private final Resource file;

	private final InstantSource clock;

	private final Complaints complaints;

	private volatile List<SamplingRule> rules = List.of();

	LocalSamplingApi(Resource file, InstantSource clock, Consumer<String> warnings) {
		this.file = file;
		this.clock = clock;
		this.complaints = new Complaints(warnings);
	}

	@Override
	public List<SamplingRule> rules() throws IOException {
		SamplingRuleReader reader = new SamplingRuleReader();
		reader.readLocal(this.file.getContentAsString(StandardCharsets.UTF_8), this.file.getDescription());
		this.complaints.update(reader.leftOut());
		this.rules = reader.rules();
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
