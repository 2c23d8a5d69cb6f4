package io.github.adotspring.autoconfigure.amp;

import io.github.adotspring.autoconfigure.otlp.Counts;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;

/**
 * Answers how many values of an exponential histogram are below a bound, where its
 * buckets tell exactly. The bucket with index {@code i} holds what is above
 * {@code base^i} and up to {@code base^(i+1)}, with {@code base = 2^(2^-scale)}.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram">Exponential
 * histograms</a>
 */
final class ExponentialBuckets {

	/** Indexes are 32-bit numbers, so what is shifted further is beyond all of them. */
	private static final int MAX_SHIFT = 40;

	private final int scale;

	private final long offset;

	/** Values in the buckets before each, the last being all positive values. */
	private final double[] below;

	private final double notPositive;

	private final double zeroThreshold;

	ExponentialBuckets(ExponentialHistogramDataPoint point) {
		Buckets positive = point.getPositive();
		this.scale = point.getScale();
		this.offset = positive.getOffset();
		this.below = new double[positive.getBucketCountsCount() + 1];
		for (int i = 0; i < positive.getBucketCountsCount(); i++) {
			this.below[i + 1] = this.below[i] + Counts.of(positive.getBucketCounts(i));
		}
		this.notPositive = Counts.of(point.getZeroCount())
				+ point.getNegative().getBucketCountsList().stream().mapToDouble(Counts::of).sum();
		this.zeroThreshold = point.getZeroThreshold();
	}

	/**
	 * All values.
	 */
	double total() {
		return this.notPositive + this.below[this.below.length - 1];
	}

	/**
	 * Values up to a bound, which is exact since every bucket is on one side of it.
	 * @return the number, {@code NaN} where a bucket is on both sides; for that of zeros,
	 * whose threshold is configured, also if it is empty still
	 */
	double upTo(Bound bound) {
		if (this.zeroThreshold > bound.value()) {
			return Double.NaN;
		}
		int finer = (int) Math.max(-MAX_SHIFT, Math.min(MAX_SHIFT, (long) this.scale - bound.scale()));
		long index;
		if (finer >= 0) {
			index = bound.index() << finer;
		}
		else {
			index = bound.index() >> -finer;
			if (index << -finer != bound.index()) {
				return Double.NaN;
			}
		}
		long buckets = Math.max(0, Math.min(this.below.length - 1, index - this.offset));
		return this.notPositive + this.below[(int) buckets];
	}

	/**
	 * Whether positive values may be above a power of two.
	 */
	boolean reachesAbove(int exponent) {
		int last = this.below.length - 1;
		while (last > 0 && this.below[last] == this.below[last - 1]) {
			last--;
		}
		return last > 0 && Math.scalb((double) this.offset + last, -this.scale) > exponent;
	}

	/**
	 * Whether positive values may be below a power of two.
	 */
	boolean reachesBelow(int exponent) {
		int first = 0;
		while (first < this.below.length - 1 && this.below[first + 1] == 0) {
			first++;
		}
		return first < this.below.length - 1 && Math.scalb((double) this.offset + first, -this.scale) < exponent;
	}

}
