package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * X-Ray with one sampling rule, whose reservoir it shares among the clients that report,
 * by what they need and never more than there is.
 */
final class StatefulXray implements SamplingApi {

	private static final Duration TTL = Duration.ofSeconds(15);

	private static final Duration ACTIVE = Duration.ofSeconds(30);

	private final VirtualClock clock;

	private final Map<String, Grant> grants = new HashMap<>();

	private SamplingRule rule;

	private Instant modified = VirtualClock.START;

	private boolean down;

	private long requests;

	private long sampled;

	StatefulXray(VirtualClock clock, SamplingRule rule) {
		this.clock = clock;
		this.rule = rule;
	}

	void change(SamplingRule rule) {
		this.rule = rule;
		this.modified = this.clock.instant();
	}

	void down(boolean down) {
		this.down = down;
	}

	SamplingRule rule() {
		return this.rule;
	}

	long requests() {
		return this.requests;
	}

	long sampled() {
		return this.sampled;
	}

	@Override
	public List<SamplingRule> rules() throws IOException {
		answer();
		return List.of(this.rule);
	}

	@Override
	public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
			throws IOException {
		answer();
		List<SamplingTarget> targets = new ArrayList<>();
		for (RuleStatistics one : statistics) {
			this.requests += one.requests();
			this.sampled += one.sampled();
			Instant expiry = this.clock.instant().plus(TTL);
			targets.add(new SamplingTarget(one.rule(), this.rule.fixedRate(), grant(clientId, one.requests(), expiry),
					expiry, Duration.ofSeconds(10), null));
		}
		return new Targets(targets, this.modified, List.of(), List.of());
	}

	private void answer() throws IOException {
		if (this.down) {
			throw new IOException("down");
		}
	}

	private int grant(String clientId, long demand, Instant expiry) {
		Instant now = this.clock.instant();
		this.grants.remove(clientId);
		this.grants.values().removeIf((grant) -> grant.expiry().plus(ACTIVE).minus(TTL).isBefore(now));
		long all = demand + this.grants.values().stream().mapToLong(Grant::demand).sum();
		int free = this.rule.reservoirSize() - this.grants.values()
			.stream()
			.filter((grant) -> grant.expiry().isAfter(now))
			.mapToInt(Grant::quota)
			.sum();
		int share = (int) Math.ceil(this.rule.reservoirSize() * (double) demand / all);
		int quota = Math.max(0, Math.min(share, free));
		this.grants.put(clientId, new Grant(demand, quota, expiry));
		return quota;
	}

	private record Grant(long demand, int quota, Instant expiry) {

	}

}
