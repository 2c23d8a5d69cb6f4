package io.github.adotspring.benchmarks.soak;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long requests took, in steps of 50 microseconds.
 */
final class Latencies {

	private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private final int[] steps = new int[200_000];

	private int count;

	synchronized void add(long nanos) {
		this.steps[(int) Math.min(this.steps.length - 1, nanos / STEP_NANOS)]++;
		this.count++;
	}

	synchronized int count() {
		return this.count;
	}

	synchronized Duration percentile(double percent) {
		long rank = (long) Math.ceil(this.count * percent / 100);
		long seen = 0;
		for (int step = 0; step < this.steps.length; step++) {
			seen += this.steps[step];
			if (seen >= rank) {
				return Duration.ofNanos((step + 1) * STEP_NANOS);
			}
		}
		return Duration.ZERO;
	}

}
