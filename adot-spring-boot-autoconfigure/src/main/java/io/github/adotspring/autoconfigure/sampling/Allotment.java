package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What an instance may sample by a rule: first its part of the reservoir, then a rate.
 * <p>
 * Before X-Ray has given a quota, one request a second is borrowed from the reservoir, if
 * there is one. When a quota ends and no other came, X-Ray's own SDKs borrow again, in
 * every instance, and a large fleet then samples many times the reservoir for as long as
 * X-Ray can't be reached; contrib takes nothing but the rate, and a rule that has only a
 * reservoir then samples nothing. Here an instance goes on with one a second of the quota
 * it had, if it had any: all instances together stay within the reservoir, which the
 * quotas are parts of. If X-Ray can't be reached it goes on with all of the quota that
 * was valid then, since X-Ray could not give it to another.
 */
final class Allotment {

	private final int reservoirSize;

	private final SecondBudget budget;

	private volatile Terms terms;

	Allotment(SamplingRule rule) {
		this(rule, new SecondBudget(), new Terms(rule.fixedRate(), null, 0, false, 0, 0));
	}

	private Allotment(SamplingRule rule, SecondBudget budget, Terms terms) {
		this.reservoirSize = rule.reservoirSize();
		this.budget = budget;
		this.terms = terms;
	}

	/**
	 * Decide about a request.
	 * @param now milliseconds since the epoch
	 * @param random from 0 to 1, without 1
	 */
	Decision decide(long now, DoubleSupplier random) {
		Terms terms = this.terms;
		boolean granted = now < terms.quotaExpiry();
		if (this.budget.take((int) (now / 1000), granted ? terms.quotaOrZero() : borrowLimit(terms))) {
			return granted ? Decision.BY_QUOTA : Decision.BORROWED;
		}
		return (random.getAsDouble() < terms.rate(now)) ? Decision.BY_RATE : Decision.NOT_SAMPLED;
	}

	private int borrowLimit(Terms terms) {
		Integer quota = terms.quota();
		if (quota == null) {
			return Math.min(1, this.reservoirSize);
		}
		return terms.kept() ? quota : Math.min(1, quota);
	}

	void update(SamplingTarget target) {
		Terms before = this.terms;
		SamplingTarget.Boost boost = target.boost();
		this.terms = new Terms(target.fixedRate(), (target.quota() != null) ? target.quota() : before.quota(),
				millis(target.quotaExpiry(), before.quotaExpiry()), false, (boost != null) ? boost.rate() : 0,
				millis((boost != null) ? boost.expiry() : null, 0));
	}

	/**
	 * Keep the quota beyond its end if it is valid now, until X-Ray answers again.
	 * @param now milliseconds since the epoch
	 */
	void keepQuota(long now) {
		Terms before = this.terms;
		if (now < before.quotaExpiry()) {
			this.terms = new Terms(before.fixedRate(), before.quota(), before.quotaExpiry(), true, before.boostRate(),
					before.boostExpiry());
		}
	}

	/**
	 * What there is when the rule was changed: its new rate, and of the quota what its
	 * new reservoir has, until X-Ray gives another.
	 */
	Allotment changedTo(SamplingRule rule) {
		Terms before = this.terms;
		Integer quota = before.quota();
		Integer rest = (quota != null) ? Integer.valueOf(Math.min(quota, rule.reservoirSize())) : null;
		return new Allotment(rule, this.budget,
				new Terms(rule.fixedRate(), rest, before.quotaExpiry(), before.kept(), 0, 0));
	}

	/**
	 * Describe this and what was decided by it.
	 */
	SamplingStatus.Rule status(SamplingRule rule, RuleCounts.Totals totals, long now) {
		Terms terms = this.terms;
		boolean boosted = now < terms.boostExpiry();
		Instant expiry = (terms.quotaExpiry() > 0) ? Instant.ofEpochMilli(terms.quotaExpiry()) : null;
		return new SamplingStatus.Rule(rule.name(), rule.priority(), terms.fixedRate(), rule.reservoirSize(),
				terms.quota(), expiry, boosted ? terms.boostRate() : null,
				boosted ? Instant.ofEpochMilli(terms.boostExpiry()) : null, totals.requests(), totals.sampled(),
				totals.fromReservoir(), totals.borrowed());
	}

	private static long millis(@Nullable Instant instant, long otherwise) {
		return (instant != null) ? instant.toEpochMilli() : otherwise;
	}

	/**
	 * What X-Ray has said last.
	 *
	 * @param fixedRate share beyond the quota
	 * @param quota requests a second, {@code null} if there was none yet
	 * @param quotaExpiry when the quota ends, in milliseconds since the epoch
	 * @param kept whether the quota is used beyond that, one a second of it otherwise
	 * @param boostRate rate for some time
	 * @param boostExpiry when that time ends, in milliseconds since the epoch
	 */
	private record Terms(double fixedRate, @Nullable Integer quota, long quotaExpiry, boolean kept, double boostRate,
			long boostExpiry) {

		int quotaOrZero() {
			return (this.quota != null) ? this.quota : 0;
		}

		double rate(long now) {
			return (now < this.boostExpiry) ? Math.max(this.boostRate, this.fixedRate) : this.fixedRate;
		}

	}

}
