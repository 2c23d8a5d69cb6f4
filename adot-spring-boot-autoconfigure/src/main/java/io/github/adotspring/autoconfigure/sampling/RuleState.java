package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.function.DoubleSupplier;

import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.jspecify.annotations.Nullable;

/**
 * A sampling rule, and what this instance knows of it.
 */
final class RuleState {

	private final SamplingRule rule;

	private final RuleMatcher matcher;

	private final Tally tally;

	private final Allotment allotment;

	private final String hash;

	private final SamplingResult sampled;

	private final SamplingResult unsampled;

	RuleState(SamplingRule rule, RuleUse use) {
		this(rule, use, new Tally(), new Allotment(rule));
	}

	private RuleState(SamplingRule rule, RuleUse use, Tally tally, Allotment allotment) {
		this.rule = rule;
		this.matcher = new RuleMatcher(rule, use.service());
		this.tally = tally;
		this.allotment = allotment;
		this.hash = RuleResult.hash(rule.name());
		this.sampled = new RuleResult(SamplingDecision.RECORD_AND_SAMPLE, rule.name(), this.hash, use.adaptive());
		this.unsampled = new RuleResult(use.unsampled(), rule.name(), this.hash, use.adaptive());
	}

	/**
	 * What this becomes when X-Ray sends its rule again. The counts are shared, since a
	 * thread may still be deciding by the rule as it was.
	 */
	RuleState renewed(SamplingRule rule, RuleUse use) {
		boolean same = rule.equals(this.rule);
		if (same && this.unsampled.getDecision() == use.unsampled()) {
			return this;
		}
		return new RuleState(rule, use, this.tally, same ? this.allotment : this.allotment.changedTo(rule));
	}

	SamplingRule rule() {
		return this.rule;
	}

	RuleMatcher matcher() {
		return this.matcher;
	}

	SamplingResult decide(long now, DoubleSupplier random) {
		Decision decision = this.allotment.decide(now, random);
		this.tally.decisions.count(decision);
		return result(decision != Decision.NOT_SAMPLED);
	}

	/**
	 * What is made of a decision by this rule, whoever has made it.
	 */
	SamplingResult result(boolean sampled) {
		return sampled ? this.sampled : this.unsampled;
	}

	/**
	 * The hash that stands for the rule in trace states.
	 */
	String hash() {
		return this.hash;
	}

	boolean canBeBoosted() {
		return this.rule.boost() != null;
	}

	/**
	 * Whether a fault is an anomaly where no conditions say so.
	 */
	boolean countsFaults() {
		return this.rule.boost() == null || this.rule.boost().defaultAnomalies();
	}

	BoostCounts boosts() {
		return this.tally.boosts;
	}

	void update(SamplingTarget target) {
		this.allotment.update(target);
	}

	/**
	 * X-Ray could not be asked for the next quota.
	 * @param now milliseconds since the epoch
	 */
	void keepQuota(long now) {
		this.allotment.keepQuota(now);
	}

	@Nullable RuleStatistics take(Instant now) {
		return this.tally.decisions.take(this.rule.name(), now);
	}

	void giveBack(RuleStatistics statistics) {
		this.tally.decisions.giveBack(statistics);
	}

	/**
	 * Take what was counted for boosts.
	 * @return {@code null} if nothing was, or X-Ray does not want it
	 */
	@Nullable BoostStatistics takeBoosts(String service, Instant now) {
		return canBeBoosted() ? this.tally.boosts.take(this.rule.name(), service, now) : null;
	}

	void giveBack(BoostStatistics statistics) {
		this.tally.boosts.giveBack(statistics);
	}

	SamplingStatus.Rule status(long now) {
		return this.allotment.status(this.rule, this.tally.decisions.totals(), now);
	}

	/**
	 * What is counted of a rule.
	 */
	private static final class Tally {

		private final RuleCounts decisions = new RuleCounts();

		private final BoostCounts boosts = new BoostCounts();

	}

}
