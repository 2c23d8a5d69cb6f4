package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Chooses the bounds of the classic buckets that an exponential histogram becomes.
 * <p>
 * Which bounds there are must not depend on what an application has measured so far: they
 * would differ between its instances and change with time, and sums over {@code le},
 * which is what every query over more than one instance has, would add up what does not
 * belong together. So the bounds are powers of two of a range that only the unit decides,
 * the same in every process with the same configuration, and are there from the first
 * value on. They are as fine as the number of buckets allows. Each is a bound of the
 * exponential histogram, too, for as long as that is as fine; so every bucket counts
 * exactly, and never less than before when the histogram grows coarser.
 * <p>
 * Outside of the range a bound follows at every fourth or coarser power only where there
 * are values, as many as are left. A series that begins there begins with what its bucket
 * has counted in all.
 */
final class BucketBounds {

	/** How many doublings the range has: 1 ms to 16 s for times. */
	private static final int OCTAVES = 14;

	/** The finest scale that histograms in Prometheus know. */
	private static final int MAX_SCALE = 8;

	/** One bound remains of the range. */
	private static final int MIN_SCALE = -4;

	/** Power of two at which the range begins, by unit; Micrometer spells units out. */
	private static final Map<String, Integer> FIRST = Map.of("s", -10, "seconds", -10, "ms", 0, "milliseconds", 0, "us",
			10, "microseconds", 10, "ns", 20, "nanoseconds", 20, "By", 8, "bytes", 8);

	private final int maxBuckets;

	private final int scale;

	/**
	 * Create bounds.
	 * @param maxBuckets the most that one histogram has, beside infinity
	 */
	BucketBounds(int maxBuckets) {
		this.maxBuckets = maxBuckets;
		int scale = MAX_SCALE;
		while (scale > MIN_SCALE && bounds(scale) > maxBuckets) {
			scale--;
		}
		this.scale = scale;
	}

	/**
	 * The most bounds of a scale in any range of this length.
	 */
	private static int bounds(int scale) {
		return (scale >= 0) ? (OCTAVES << scale) + 1 : (OCTAVES >> -scale) + 1;
	}

	/**
	 * The bounds for a histogram, in ascending order.
	 */
	List<Bound> of(String unit, ExponentialBuckets histogram) {
		int step = 1 << Math.max(0, -this.scale);
		int begin = FIRST.getOrDefault(unit, 0);
		int first = -Math.floorDiv(-begin, step) * step;
		int last = Math.floorDiv(begin + OCTAVES, step) * step;
		Deque<Bound> bounds = new ArrayDeque<>();
		for (long index = index(first); index <= index(last); index++) {
			bounds.add(new Bound(this.scale, index));
		}
		int spare = this.maxBuckets - bounds.size();
		int beyond = 2 * step;
		for (int i = 0; i < (spare + 1) / 2 && histogram.reachesAbove(last + i * beyond); i++) {
			bounds.addLast(new Bound(this.scale, index(last + (i + 1) * beyond)));
		}
		for (int i = 0; i < spare / 2 && histogram.reachesBelow(first - i * beyond); i++) {
			bounds.addFirst(new Bound(this.scale, index(first - (i + 1) * beyond)));
		}
		return List.copyOf(bounds);
	}

	/**
	 * The index of a power of two, one that the scale has.
	 */
	private long index(int exponent) {
		return (this.scale >= 0) ? (long) exponent << this.scale : exponent >> -this.scale;
	}

}
