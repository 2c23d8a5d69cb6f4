package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * What became of the items of a signal since the application started.
 */
public final class SignalStatus {

	private final Clock clock;

	private final LongAdder exported = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	private volatile @Nullable Instant lastSuccess;

	private volatile @Nullable LastError lastError;

	SignalStatus(Clock clock) {
		this.clock = clock;
	}

	void record(int items, Outcome outcome) {
		if (outcome.failure() == null) {
			this.exported.add(items);
			this.lastSuccess = this.clock.instant();
			return;
		}
		(outcome.failure().isDrop() ? this.dropped : this.failed).add(items);
		this.lastError = new LastError(this.clock.instant(), outcome.message());
	}

	/**
	 * Items that the destination accepted.
	 * @return the number of items
	 */
	public long exported() {
		return this.exported.sum();
	}

	/**
	 * Items that were sent and did not arrive.
	 * @return the number of items
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * Items that were given up without being sent.
	 * @return the number of items
	 */
	public long dropped() {
		return this.dropped.sum();
	}

	/**
	 * When a batch last arrived.
	 * @return the time, {@code null} if none has
	 */
	public @Nullable Instant lastSuccess() {
		return this.lastSuccess;
	}

	/**
	 * The last batch that did not arrive.
	 * @return time and reason, {@code null} if all have arrived
	 */
	public @Nullable LastError lastError() {
		return this.lastError;
	}

	/**
	 * A failure and its time.
	 *
	 * @param time when it was
	 * @param message reason in words, without secrets
	 */
	public record LastError(Instant time, String message) {

	}

}
