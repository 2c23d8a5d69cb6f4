package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How sampling by X-Ray's rules goes.
 *
 * @param source where the rules come from
 * @param fallback whether one request a second and five percent are sampled, since there
 * are no rules or only ones of more than an hour ago
 * @param rulesPoll how asking for rules goes
 * @param targetsPoll how telling what was decided goes
 * @param adaptive how anomalies are dealt with
 * @param rules the rules, in the order they are asked
 */
public record SamplingStatus(String source, boolean fallback, Poll rulesPoll, Poll targetsPoll, Adaptive adaptive,
		List<Rule> rules) {

	/**
	 * How one kind of poll goes.
	 *
	 * @param last when it was done last, {@code null} if never
	 * @param failures how often it failed since it last worked
	 * @param lastError why it failed last, {@code null} if it never did
	 * @param next when it is due
	 */
	public record Poll(@Nullable Instant last, int failures, @Nullable String lastError, Instant next) {

	}

	/**
	 * How anomalies are dealt with.
	 *
	 * @param configured whether this service has conditions or a limit of its own
	 * @param watching whether spans that are not sampled are looked at
	 * @param captured traces that were captured
	 * @param overLimit traces with an anomaly that were not captured, since there were
	 * too many in a second
	 * @param forgotten traces that were forgotten before their time, since there were too
	 * many, and so may be counted twice
	 */
	public record Adaptive(boolean configured, boolean watching, long captured, long overLimit, long forgotten) {

	}

	/**
	 * A rule and what this instance has decided by it.
	 *
	 * @param name name
	 * @param priority the lower, the earlier the rule is asked
	 * @param fixedRate share that is sampled beyond the reservoir, as X-Ray has said last
	 * @param reservoirSize requests a second that all instances together sample first
	 * @param quota part of the reservoir that this instance has, {@code null} if X-Ray
	 * gave none yet
	 * @param quotaExpiry when the quota ends, {@code null} if there is none
	 * @param boostRate share that is sampled instead for some time, {@code null} if X-Ray
	 * boosts nothing now
	 * @param boostExpiry when that time ends, {@code null} if X-Ray boosts nothing now
	 * @param requests decisions by the rule
	 * @param sampled decisions to sample
	 * @param fromReservoir those of them that took from the reservoir; a rate decided the
	 * others
	 * @param borrowed those of them that did so without a quota
	 */
	public record Rule(String name, int priority, double fixedRate, int reservoirSize, @Nullable Integer quota,
			@Nullable Instant quotaExpiry, @Nullable Double boostRate, @Nullable Instant boostExpiry, long requests,
			long sampled, long fromReservoir, long borrowed) {

	}

}
