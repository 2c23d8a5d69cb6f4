package io.github.adotspring.autoconfigure.datum;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a histogram holds as values, each with how often it occurred, from which
 * CloudWatch computes every statistic, percentiles included.
 * <p>
 * A value stands for its bucket and is in it: it is the geometric mean of its ends,
 * shifted by the same part of the way to the upper ends, or to the lower ones, in all
 * buckets, so that the sum is that of the histogram. Of all values with that sum these
 * are the ones nearest to the means. So sums and averages are exact. A percentile is off
 * by a factor between 1 and the ratio of its bucket, and by the root of that where the
 * values need no shift. The smallest and the largest value are there as they are, where
 * the histogram knows them.
 *
 * @param statistics count and sum, the smallest and the largest value
 * @param entries values in rising order and their counts
 */
public record Distribution(Statistics statistics, List<Entry> entries) implements Reading {

	/**
	 * Make the values of a histogram.
	 * @param buckets what it holds, not empty
	 * @param sum the sum of all values, not finite if it is not known
	 * @param min the smallest, not finite if it is not known
	 * @param max the largest, not finite if it is not known
	 * @param maxValues the most values that there may be
	 */
	static Distribution of(Buckets buckets, double sum, double min, double max, int maxValues) {
		double count = buckets.count();
		List<Bucket> all = new ArrayList<>();
		double rest = sum;
		if (buckets.takeLargest(max)) {
			all.add(Bucket.of(max));
			rest -= max;
		}
		if (buckets.takeSmallest(min)) {
			all.add(Bucket.of(min));
			rest -= min;
		}
		List<Bucket> inner = buckets.atMost(maxValues - all.size());
		double shift = shift(inner, rest);
		all.addAll(inner);
		List<Entry> entries = entries(all, shift);
		double total = Double.isFinite(sum) ? sum : entries.stream().mapToDouble(Entry::sum).sum();
		return new Distribution(
				new Statistics(count, total, entries.get(0).value(), entries.get(entries.size() - 1).value())
					.aroundMean(),
				entries);
	}

	/**
	 * By which part values are shifted. Sums that no values of these buckets have come
	 * from counting while it is recorded.
	 */
	private static double shift(List<Bucket> buckets, double sum) {
		double excess = sum - buckets.stream().mapToDouble((bucket) -> bucket.middle() * bucket.count()).sum();
		double room = buckets.stream().mapToDouble((bucket) -> bucket.room(excess > 0) * bucket.count()).sum();
		double shift = excess / room;
		return (Double.isFinite(sum) && !Double.isNaN(shift)) ? Math.max(-1, Math.min(shift, 1)) : 0;
	}

	private static List<Entry> entries(List<Bucket> buckets, double shift) {
		NavigableMap<Double, Double> counts = new TreeMap<>();
		buckets.forEach((bucket) -> counts.merge(Numbers.normal(bucket.value(shift)), bucket.count(), Double::sum));
		List<Entry> entries = new ArrayList<>(counts.size());
		counts.forEach((value, count) -> entries.add(new Entry(value, count)));
		return List.copyOf(entries);
	}

	/**
	 * A value.
	 *
	 * @param value the value
	 * @param count how often it occurred
	 */
	public record Entry(double value, double count) {

		private double sum() {
			return this.value * this.count;
		}

	}

}
