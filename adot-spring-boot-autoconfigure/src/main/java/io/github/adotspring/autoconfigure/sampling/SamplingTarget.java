package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What X-Ray gives one instance of a rule.
 *
 * @param rule name of the rule
 * @param fixedRate share that is sampled beyond the quota, from 0 to 1
 * @param quota requests a second that this instance samples first, {@code null} for no
 * change
 * @param quotaExpiry when the quota ends
 * @param interval when X-Ray wants to hear of the rule again, {@code null} for its
 * default of ten seconds
 * @param boost a rate for some time instead of the fixed one, {@code null} for none
 */
record SamplingTarget(String rule, double fixedRate, @Nullable Integer quota, @Nullable Instant quotaExpiry,
		@Nullable Duration interval, @Nullable Boost boost) {

	/**
	 * A rate for some time instead of the fixed one.
	 *
	 * @param rate the rate, from 0 to 1
	 * @param expiry when it ends
	 */
	record Boost(double rate, Instant expiry) {

	}

}
