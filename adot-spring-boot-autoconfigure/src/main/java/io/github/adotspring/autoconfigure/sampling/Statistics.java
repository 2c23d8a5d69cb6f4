package io.github.adotspring.autoconfigure.sampling;

/**
 * Something counted of a rule, for X-Ray to know.
 */
sealed interface Statistics permits RuleStatistics, BoostStatistics {

	/**
	 * Name of the rule.
	 */
	String rule();

	/**
	 * Have this counted again, since X-Ray was not told.
	 */
	void giveBackTo(RuleState state);

}
