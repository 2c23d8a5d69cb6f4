package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;

/**
 * Records values into an exponential histogram that grows coarser with its range, as the
 * SDK's and Micrometer's do.
 */
final class Recorder {

	private final int maxBuckets;

	private final List<Double> values = new ArrayList<>();

	Recorder(int maxBuckets) {
		this.maxBuckets = maxBuckets;
	}

	Recorder record(double value) {
		this.values.add(value);
		return this;
	}

	List<Double> values() {
		return this.values;
	}

	long upTo(double bound) {
		return this.values.stream().filter((value) -> value <= bound).count();
	}

	void write(ExponentialHistogramDataPoint.Builder point) {
		int scale = 20;
		while (last(scale) - first(scale) >= this.maxBuckets) {
			scale--;
		}
		long[] counts = new long[(int) (last(scale) - first(scale)) + 1];
		for (double value : this.values) {
			if (value > 0) {
				counts[(int) (index(value, scale) - first(scale))]++;
			}
		}
		point.setScale(scale)
			.setCount(this.values.size())
			.setSum(this.values.stream().mapToDouble(Double::doubleValue).sum())
			.setZeroCount(this.values.stream().filter((value) -> value == 0).count());
		point.getPositiveBuilder().setOffset((int) first(scale));
		for (long count : counts) {
			point.getPositiveBuilder().addBucketCounts(count);
		}
	}

	private long first(int scale) {
		return this.values.stream()
			.filter((value) -> value > 0)
			.mapToLong((value) -> index(value, scale))
			.min()
			.orElse(0);
	}

	private long last(int scale) {
		return this.values.stream()
			.filter((value) -> value > 0)
			.mapToLong((value) -> index(value, scale))
			.max()
			.orElse(0);
	}

	/**
	 * The index of the bucket whose lower bound is less than the value. Powers of two are
	 * exact, as they are bounds.
	 */
	private static long index(double value, int scale) {
		int exponent = Math.getExponent(value);
		double fraction = value / Math.scalb(1.0, exponent);
		double position = (fraction == 1.0) ? exponent : exponent + Math.log(fraction) / Math.log(2);
		return (long) Math.ceil(Math.scalb(position, scale)) - 1;
	}

}
