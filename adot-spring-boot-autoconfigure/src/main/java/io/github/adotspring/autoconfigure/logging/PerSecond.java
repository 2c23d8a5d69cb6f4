package io.github.adotspring.autoconfigure.logging;

import java.util.concurrent.atomic.AtomicLong;

import io.opentelemetry.api.logs.Severity;

/**
 * So many log records in a second, and as many of ERROR and above, which are counted by
 * themselves: noise can't hide an error, and errors can't flood either. What finds no
 * room any more only reads.
 */
final class PerSecond {

	private final int limit;

	/** The second in the upper half, and how many it had in the lower. */
	private final AtomicLong ordinary = new AtomicLong();

	private final AtomicLong errors = new AtomicLong();

	PerSecond(int limit) {
		this.limit = limit;
	}

	/**
	 * Take the room of a record.
	 * @param second the present second; a thread may be late with it
	 * @return {@code false} if there is none
	 */
	boolean take(Severity severity, int second) {
		return take((severity.getSeverityNumber() < Severity.ERROR.getSeverityNumber()) ? this.ordinary : this.errors,
				second);
	}

	private boolean take(AtomicLong window, int second) {
		while (true) {
			long before = window.get();
			// The difference also tells after an overflow which of two is later.
			boolean next = second - (int) (before >>> Integer.SIZE) > 0;
			if (!next && (int) before >= this.limit) {
				return false;
			}
			long after = next ? ((long) second << Integer.SIZE) | 1 : before + 1;
			if (window.compareAndSet(before, after)) {
				return true;
			}
		}
	}

}
