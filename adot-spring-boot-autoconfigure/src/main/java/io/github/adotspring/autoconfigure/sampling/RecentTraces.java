package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Remembers marks of the traces of late. There are two generations of them: what is not
 * marked again goes into the older one, and with it in the end. So a trace that is busy
 * is kept for half the time at least, the others are gone after all of it, and nothing
 * has to be tidied up.
 */
final class RecentTraces {

	private final int maxOfGeneration;

	private final long millisOfGeneration;

	private final LongAdder forgotten = new LongAdder();

	private volatile Generations generations;

	/**
	 * Create a new instance.
	 * @param max traces that are kept at most
	 * @param time how long a trace is kept at most
	 * @param now milliseconds since the epoch
	 */
	RecentTraces(int max, Duration time, long now) {
		this.maxOfGeneration = Math.max(1, max / 2);
		this.millisOfGeneration = Math.max(1, time.toMillis() / 2);
		this.generations = Generations.first(now);
	}

	/**
	 * Mark a trace.
	 * @param trace the random half of its id
	 * @param mark one bit
	 * @param now milliseconds since the epoch
	 * @return whether it had no such mark
	 */
	boolean mark(long trace, int mark, long now) {
		Generations generations = current(now);
		while (true) {
			Integer marks = generations.young.get(trace);
			int known = (marks != null) ? marks : generations.old.getOrDefault(trace, 0);
			if ((known & mark) != 0) {
				return false;
			}
			boolean marked = (marks != null) ? generations.young.replace(trace, marks, known | mark)
					: generations.young.putIfAbsent(trace, known | mark) == null;
			if (marked) {
				return true;
			}
		}
	}

	boolean isMarked(long trace, int mark) {
		Generations generations = this.generations;
		Integer marks = generations.young.get(trace);
		int known = (marks != null) ? marks : generations.old.getOrDefault(trace, 0);
		return (known & mark) != 0;
	}

	private Generations current(long now) {
		Generations generations = this.generations;
		return isOver(generations, now) ? next(now) : generations;
	}

	private boolean isOver(Generations generations, long now) {
		return generations.young.size() >= this.maxOfGeneration || now - generations.start >= this.millisOfGeneration;
	}

	private synchronized Generations next(long now) {
		Generations generations = this.generations;
		if (!isOver(generations, now)) {
			return generations;
		}
		if (now - generations.start < this.millisOfGeneration) {
			this.forgotten.add(generations.old.size());
		}
		boolean idle = now - generations.start >= 2 * this.millisOfGeneration;
		this.generations = idle ? Generations.first(now) : new Generations(generations.young, now);
		return this.generations;
	}

	/**
	 * Traces that were forgotten before their time, since there were too many.
	 */
	long forgotten() {
		return this.forgotten.sum();
	}

	private static final class Generations {

		private final ConcurrentMap<Long, Integer> young = new ConcurrentHashMap<>();

		private final ConcurrentMap<Long, Integer> old;

		private final long start;

		private Generations(ConcurrentMap<Long, Integer> old, long start) {
			this.old = old;
			this.start = start;
		}

		private static Generations first(long now) {
			return new Generations(new ConcurrentHashMap<>(), now);
		}

	}

}
