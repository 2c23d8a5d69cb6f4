package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Remembers that a destination does not take anything now, so that what follows goes to
 * disk without an attempt, until it is time for the next.
 */
final class Breaker {

	private final RetrySchedule retry;

	private int failures;

	private long nextAttempt;

	private @Nullable Outcome failure;

	Breaker(RetrySchedule retry) {
		this.retry = retry;
	}

	/**
	 * Why there should be no attempt now, {@code null} if there may be one.
	 */
	synchronized @Nullable Outcome open() {
		return (this.failure != null && System.nanoTime() - this.nextAttempt < 0) ? this.failure : null;
	}

	/**
	 * An attempt failed.
	 * @return how long to wait with the next
	 */
	synchronized Duration failed(Outcome outcome) {
		this.failures++;
		this.failure = outcome;
		Duration wait = this.retry.waitAfter(this.failures, outcome);
		this.nextAttempt = System.nanoTime() + wait.toNanos();
		return wait;
	}

	synchronized void succeeded() {
		this.failures = 0;
		this.failure = null;
	}

}
