package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How often and after what time a failed attempt is repeated: exponential backoff with
 * full jitter.
 *
 * @param maxAttempts attempts in all
 * @param initialBackoff longest wait after the first attempt
 * @param maxBackoff longest wait after any attempt
 * @param random gives a number from 0 up to and including its argument
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * backoff and jitter</a>
 */
record RetrySchedule(int maxAttempts, Duration initialBackoff, Duration maxBackoff, LongUnaryOperator random) {

	Duration backoffAfter(int attempt) {
		double doubled = this.initialBackoff.toMillis() * Math.pow(2, attempt - 1.0);
		return Duration.ofMillis(this.random.applyAsLong((long) Math.min(doubled, this.maxBackoff.toMillis())));
	}

	/**
	 * The backoff, or what the server asks for if that is longer.
	 */
	Duration waitAfter(int attempt, Outcome outcome) {
		Duration backoff = backoffAfter(attempt);
		Duration asked = outcome.retryAfter();
		return (asked != null && asked.compareTo(backoff) > 0) ? asked : backoff;
	}

	/**
	 * The same for what is not repeated in memory.
	 */
	RetrySchedule once() {
		return new RetrySchedule(1, this.initialBackoff, this.maxBackoff, this.random);
	}

}
