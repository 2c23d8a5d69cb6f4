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

	private final RuleCounts counts;

	private final Allotment allotment;

	private final SamplingResult sampled;

	private final SamplingResult dropped;

	RuleState(SamplingRule rule, SampledService service) {
		this(rule, service, new RuleCounts(), new Allotment(rule));
	}

	private RuleState(SamplingRule rule, SampledService service, RuleCounts counts, Allotment allotment) {
		this.rule = rule;
		this.matcher = new RuleMatcher(rule, service);
		this.counts = counts;
		this.allotment = allotment;
		this.sampled = new RuleResult(SamplingDecision.RECORD_AND_SAMPLE, rule.name());
		this.dropped = new RuleResult(SamplingDecision.DROP, rule.name());
	}

	/**
	 * What this becomes when X-Ray sends its rule again. The counts are shared, since a
	 * thread may still be deciding by the rule as it was.
	 */
	RuleState renewed(SamplingRule rule, SampledService service) {
		return rule.equals(this.rule) ? this
				: new RuleState(rule, service, this.counts, this.allotment.changedTo(rule));
	}

	SamplingRule rule() {
		return this.rule;
	}

	RuleMatcher matcher() {
		return this.matcher;
	}

	SamplingResult decide(long now, DoubleSupplier random) {
		Decision decision = this.allotment.decide(now, random);
		this.counts.count(decision);
		return (decision != Decision.NOT_SAMPLED) ? this.sampled : this.dropped;
	}

	void update(SamplingTarget target) {
		this.allotment.update(target);
	}

	@Nullable RuleStatistics take(Instant now) {
		return this.counts.take(this.rule.name(), now);
	}

	SamplingStatus.Rule status() {
		return this.allotment.status(this.rule, this.counts.totals());
	}

	void giveBack(RuleStatistics statistics) {
		this.counts.giveBack(statistics);
	}

}
