package io.github.adotspring.autoconfigure.sampling;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many in a second, without a lock.
 */
final class SecondBudget {

	/** A thread may be so late; a clock that is further back was set back. */
	private static final int MAX_LATE_SECONDS = 5;

	/** The second in the upper half, and how many it had in the lower. */
	private final AtomicLong window = new AtomicLong();

	/**
	 * Take one.
	 * @param second the present second
	 * @param limit how many a second has
	 * @return {@code false} if there is none left
	 */
	boolean take(int second, int limit) {
		while (limit > 0) {
			long before = this.window.get();
			int ahead = second - (int) (before >>> Integer.SIZE);
			boolean other = ahead > 0 || ahead < -MAX_LATE_SECONDS;
			if (!other && (int) before >= limit) {
				return false;
			}
			long after = other ? ((long) second << Integer.SIZE) | 1 : before + 1;
			if (this.window.compareAndSet(before, after)) {
				return true;
			}
		}
		return false;
	}

}
