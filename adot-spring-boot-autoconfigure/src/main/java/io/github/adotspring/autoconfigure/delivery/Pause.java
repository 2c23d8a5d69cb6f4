package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a destination asked all requests to wait. A longer pause replaces a shorter
 * one.
 */
final class Pause {

	private final AtomicLong until = new AtomicLong(System.nanoTime());

	void ask(Duration wait) {
		long end = System.nanoTime() + wait.toNanos();
		this.until.accumulateAndGet(end, (current, asked) -> (asked - current > 0) ? asked : current);
	}

	long remainingNanos() {
		return Math.max(0, this.until.get() - System.nanoTime());
	}

}
