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

	void count(Decision decision) {
		switch (decision) {
			case NOT_SAMPLED -> this.notSampled.increment();
			case SAMPLED -> this.sampled.increment();
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
		return (notSampled + sampled > 0) ? new RuleStatistics(rule, now, notSampled + sampled, sampled, borrowed)
				: null;
	}

	/**
	 * Count again what was taken and not told.
	 */
	void giveBack(RuleStatistics statistics) {
		this.notSampled.add(statistics.requests() - statistics.sampled());
		this.sampled.add(statistics.sampled() - statistics.borrowed());
		this.borrowed.add(statistics.borrowed());
	}

}
