package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;

/**
 * What one instance has decided by a rule since it last said so.
 *
 * @param rule name of the rule
 * @param time when this was counted
 * @param requests decisions
 * @param sampled decisions to sample
 * @param borrowed those of them that took from the reservoir without a quota
 */
record RuleStatistics(String rule, Instant time, long requests, long sampled, long borrowed) implements Statistics {

	@Override
	public void giveBackTo(RuleState state) {
		state.giveBack(this);
	}

}
