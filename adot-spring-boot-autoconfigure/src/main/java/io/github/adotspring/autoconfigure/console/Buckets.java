package io.github.adotspring.autoconfigure.console;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import org.jspecify.annotations.Nullable;

/**
 * How values are distributed: the buckets that are not empty, with the bounds of an
 * explicit or of an exponential histogram. Negative values count as zero in the latter.
 *
 * @param bounds upper bounds of all but the last bucket, {@code null} if they are
 * exponential
 * @param scale scale of exponential buckets
 * @param zeroThreshold what exponential buckets count as zero: values up to this
 * @param counts number of values by index of the bucket
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram">OpenTelemetry
 * metrics data model</a>
 */
record Buckets(@Nullable List<Double> bounds, int scale, double zeroThreshold, NavigableMap<Integer, Long> counts) {

	static final Buckets NONE = new Buckets(List.of(), 0, 0, Collections.emptyNavigableMap());

	/** Of exponential buckets, below all others. */
	private static final int ZERO = Integer.MIN_VALUE;

	static Buckets of(HistogramDataPoint point) {
		Buckets buckets = new Buckets(List.copyOf(point.getExplicitBoundsList()), 0, 0, new TreeMap<>());
		for (int i = 0; i < point.getBucketCountsCount(); i++) {
			buckets.add(i, point.getBucketCounts(i));
		}
		return buckets;
	}

	static Buckets of(ExponentialHistogramDataPoint point) {
		Buckets buckets = new Buckets(null, point.getScale(), point.getZeroThreshold(), new TreeMap<>());
		buckets.add(ZERO, point.getZeroCount());
		point.getNegative().getBucketCountsList().forEach((count) -> buckets.add(ZERO, count));
		ExponentialHistogramDataPoint.Buckets positive = point.getPositive();
		for (int i = 0; i < positive.getBucketCountsCount(); i++) {
			buckets.add(positive.getOffset() + i, positive.getBucketCounts(i));
		}
		return buckets;
	}

	private void add(int index, long count) {
		if (count != 0) {
			this.counts.merge(index, count, Long::sum);
		}
	}

	Buckets minus(Buckets earlier) {
		return combine(earlier, -1);
	}

	Buckets plus(Buckets other) {
		return combine(other, 1);
	}

	/**
	 * Add the counts of others, or take them away. Those with other bounds can't be
	 * compared: then these are all.
	 */
	private Buckets combine(Buckets other, int factor) {
		if (other.counts.isEmpty()) {
			return this;
		}
		if (this.bounds != null || other.bounds != null) {
			return (this.bounds != null && this.bounds.equals(other.bounds)) ? combineSame(other, factor) : this;
		}
		int common = Math.min(this.scale, other.scale);
		return inScale(common).combineSame(other.inScale(common), factor);
	}

	private Buckets combineSame(Buckets other, int factor) {
		Buckets combined = new Buckets(this.bounds, this.scale, this.zeroThreshold, new TreeMap<>(this.counts));
		other.counts.forEach((index, count) -> combined.add(index, factor * count));
		combined.counts.values().removeIf((count) -> count <= 0);
		return combined;
	}

	/**
	 * The same with wider buckets: each step of the scale makes one of two.
	 */
	private Buckets inScale(int lower) {
		if (lower == this.scale) {
			return this;
		}
		int steps = (int) Math.min(Integer.SIZE - 1, (long) this.scale - lower);
		Buckets wider = new Buckets(null, lower, this.zeroThreshold, new TreeMap<>());
		this.counts.forEach((index, count) -> wider.add((index == ZERO) ? ZERO : index >> steps, count));
		return wider;
	}

	/**
	 * The value that a share of all is not above, estimated within its bucket; of what
	 * counts as zero nothing more is known.
	 */
	double quantile(double share) {
		double rank = share * this.counts.values().stream().mapToLong(Long::longValue).sum();
		double below = 0;
		for (Map.Entry<Integer, Long> bucket : this.counts.entrySet()) {
			if (below + bucket.getValue() >= rank) {
				return within(bucket.getKey(), (rank - below) / bucket.getValue());
			}
			below += bucket.getValue();
		}
		return Double.NaN;
	}

	private double within(int index, double share) {
		double lower = lower(index);
		double upper = upper(index);
		if (Double.isInfinite(upper)) {
			return lower;
		}
		if (this.bounds == null && index == ZERO) {
			return upper;
		}
		return (this.bounds != null) ? lower + share * (upper - lower) : lower * Math.pow(upper / lower, share);
	}

	/**
	 * The upper bound of the highest bucket, {@code NaN} if it has none.
	 */
	double bound() {
		double bound = this.counts.isEmpty() ? Double.NaN : upper(this.counts.lastKey());
		return Double.isInfinite(bound) ? Double.NaN : bound;
	}

	private double lower(int index) {
		if (this.bounds == null) {
			return (index == ZERO) ? 0 : power(index);
		}
		// Without a bound below, the first begins at zero, as most of what is measured.
		return (index > 0) ? this.bounds.get(Math.min(index, this.bounds.size()) - 1)
				: Math.min(0, this.bounds.isEmpty() ? 0 : this.bounds.get(0));
	}

	private double upper(int index) {
		if (this.bounds == null) {
			return (index == ZERO) ? this.zeroThreshold : power(index + 1L);
		}
		return (index < this.bounds.size()) ? this.bounds.get(index) : Double.POSITIVE_INFINITY;
	}

	private double power(long index) {
		return Math.pow(2, index * Math.pow(2, -(double) this.scale));
	}

}
