package io.github.adotspring.autoconfigure.testing;

import java.util.Map;
import java.util.TreeMap;

import org.assertj.core.data.Offset;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values and how often each occurred, as CloudWatch keeps them.
 */
public final class ValueCounts {

	/** How wide the widest buckets are of up to 160 that hold three decades. */
	private static final double BUCKET = 1.05;

	private final TreeMap<Double, Double> counts = new TreeMap<>();

	public void add(double value, double count) {
		this.counts.merge(value, count, Double::sum);
	}

	/**
	 * How many values there are.
	 */
	public double count() {
		return this.counts.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	/**
	 * The sum of all values.
	 */
	public double sum() {
		return this.counts.entrySet().stream().mapToDouble((entry) -> entry.getKey() * entry.getValue()).sum();
	}

	/**
	 * Expects percentiles and sum that are those of what was measured, within a bucket.
	 * @param measured what was measured, in rising order
	 * @param factor unit of that in the unit of these values
	 */
	public void assertSimilarTo(double[] measured, double factor) {
		assertThat(count()).isEqualTo(measured.length);
		double sum = 0;
		for (double value : measured) {
			sum += value * factor;
		}
		assertThat(sum()).isEqualTo(sum, Offset.offset(sum * (BUCKET - 1)));
		for (double quantile : new double[] { 0.01, 0.5, 0.9, 0.99 }) {
			double real = measured[(int) (quantile * measured.length)] * factor;
			assertThat(percentile(quantile)).isBetween(real / BUCKET, real * BUCKET);
		}
	}

	private double percentile(double quantile) {
		double rank = quantile * count();
		double below = 0;
		for (Map.Entry<Double, Double> entry : this.counts.entrySet()) {
			below += entry.getValue();
			if (below > rank) {
				return entry.getKey();
			}
		}
		return this.counts.lastKey();
	}

}
