package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;

/**
 * What one instance has seen of the traces of a rule since it last said so, by which
 * X-Ray boosts the rate of the rule.
 *
 * @param rule name of the rule
 * @param service name of the service
 * @param time when this was counted
 * @param traces all of them
 * @param anomalies those with an anomaly
 * @param sampledAnomalies those of them that are sampled
 */
record BoostStatistics(String rule, String service, Instant time, long traces, long anomalies,
		long sampledAnomalies) implements Statistics {

	@Override
	public void giveBackTo(RuleState state) {
		state.giveBack(this);
	}

}
