package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * The decisions by a rule that X-Ray was not told of yet. Each is counted once, by what
 * came of it, and requests are the sum: so what is taken adds up at any time, without a
 * lock.
 */
final class RuleCounts {

	private final LongAdder notSampled = new LongAdder();

	private final LongAdder sampled = new LongAdder();

	private final LongAdder borrowed = new LongAdder();

	/** Of those that are sampled, and never taken: X-Ray does not ask for it. */
	private final LongAdder byQuota = new LongAdder();

	private final Told told = new Told();

	void count(Decision decision) {
		switch (decision) {
			case NOT_SAMPLED -> this.notSampled.increment();
			case BY_RATE -> this.sampled.increment();
			case BY_QUOTA -> {
				this.sampled.increment();
				this.byQuota.increment();
			}
			case BORROWED -> this.borrowed.increment();
		}
	}

	/**
	 * Take what was counted.
	 * @return {@code null} if nothing was
	 */
	@Nullable RuleStatistics take(String rule, Instant now) {
		long notSampled = this.notSampled.sumThenReset();
		long borrowed = this.borrowed.sumThenReset();
		long sampled = this.sampled.sumThenReset() + borrowed;
		this.told.add(notSampled, sampled - borrowed, borrowed);
		return (notSampled + sampled > 0) ? new RuleStatistics(rule, now, notSampled + sampled, sampled, borrowed)
				: null;
	}

	/**
	 * Count again what was taken and not told.
	 */
	void giveBack(RuleStatistics statistics) {
		long notSampled = statistics.requests() - statistics.sampled();
		long sampled = statistics.sampled() - statistics.borrowed();
		this.told.add(-notSampled, -sampled, -statistics.borrowed());
		this.notSampled.add(notSampled);
		this.sampled.add(sampled);
		this.borrowed.add(statistics.borrowed());
	}

	/**
	 * All that was ever counted, whether it was taken or not.
	 */
	Totals totals() {
		long notSampled = this.told.notSampled.sum() + this.notSampled.sum();
		long borrowed = this.told.borrowed.sum() + this.borrowed.sum();
		long sampled = this.told.sampled.sum() + this.sampled.sum() + borrowed;
		return new Totals(notSampled + sampled, sampled, this.byQuota.sum() + borrowed, borrowed);
	}

	/**
	 * Sums of decisions.
	 *
	 * @param requests all of them
	 * @param sampled those to sample
	 * @param fromReservoir those of them that took from the reservoir
	 * @param borrowed those to sample without a quota
	 */
	record Totals(long requests, long sampled, long fromReservoir, long borrowed) {

	}

	/**
	 * What was taken and not given back.
	 */
	private static final class Told {

		private final LongAdder notSampled = new LongAdder();

		private final LongAdder sampled = new LongAdder();

		private final LongAdder borrowed = new LongAdder();

		void add(long notSampled, long sampled, long borrowed) {
			this.notSampled.add(notSampled);
			this.sampled.add(sampled);
			this.borrowed.add(borrowed);
		}

	}

}
