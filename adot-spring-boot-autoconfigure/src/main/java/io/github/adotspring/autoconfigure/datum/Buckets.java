package io.github.adotspring.autoconfigure.datum;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

import io.github.adotspring.autoconfigure.otlp.Counts;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;

/**
 * The buckets of a histogram that hold something, in rising order.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram">Exponential
 * histograms</a>
 */
final class Buckets {

	private static final int EXTREME_SCALE = 1_000;

	private static final double BEYOND = 2 * Numbers.LARGEST;

	/** The first ratio within which buckets are joined, if theirs is less. */
	private static final double LEAST_RATIO = 1.001;

	/** For ratios that are computed. */
	private static final double TOLERANCE = 1 + 1e-9;

	private final List<Bucket> buckets = new ArrayList<>();

	private final double factor;

	private final double min;

	private final double max;

	/** The ratio of two neighbouring buckets. */
	private final double ratio;

	private Buckets(double factor, double min, double max, double ratio) {
		this.factor = factor;
		this.min = min;
		this.max = max;
		this.ratio = Math.max(ratio, LEAST_RATIO);
	}

	/**
	 * Read an exponential histogram.
	 * @param factor what values are multiplied by
	 * @param min the smallest value, so multiplied, NaN if it is not known
	 * @param max the largest value, so multiplied, NaN if it is not known
	 */
	static Buckets of(ExponentialHistogramDataPoint point, double factor, double min, double max) {
		int scale = Math.max(-EXTREME_SCALE, Math.min(point.getScale(), EXTREME_SCALE));
		double step = Math.scalb(1.0, -scale);
		Buckets buckets = new Buckets(factor, min, max, bound(2, step));
		ExponentialHistogramDataPoint.Buckets negative = point.getNegative();
		for (int i = negative.getBucketCountsCount() - 1; i >= 0; i--) {
			long index = (long) negative.getOffset() + i;
			buckets.add(-bound(index + 1, step), -bound(index, step), negative.getBucketCounts(i));
		}
		double zero = (point.getZeroThreshold() > 0) ? point.getZeroThreshold() : 0;
		buckets.add(buckets.isEmpty() ? 0 : -zero, zero, point.getZeroCount());
		ExponentialHistogramDataPoint.Buckets positive = point.getPositive();
		for (int i = 0; i < positive.getBucketCountsCount(); i++) {
			long index = (long) positive.getOffset() + i;
			buckets.add(bound(index, step), bound(index + 1, step), positive.getBucketCounts(i));
		}
		return buckets;
	}

	/**
	 * Read a histogram with explicit bounds. Its outer buckets end at the smallest and
	 * largest value, and where these are not known at zero or at their bound.
	 * @param factor what values are multiplied by
	 * @param min the smallest value, so multiplied, NaN if it is not known
	 * @param max the largest value, so multiplied, NaN if it is not known
	 * @return no buckets if the histogram has no bounds, or if its bounds and counts are
	 * not those of a histogram
	 */
	static Buckets of(HistogramDataPoint point, double factor, double min, double max) {
		double[] bounds = point.getExplicitBoundsList().stream().mapToDouble(Double::doubleValue).toArray();
		Buckets buckets = new Buckets(factor, min, max, LEAST_RATIO);
		if (bounds.length == 0 || point.getBucketCountsCount() != bounds.length + 1 || !isRising(bounds)) {
			return buckets;
		}
		double first = bounds[0];
		double last = bounds[bounds.length - 1];
		for (int i = 0; i <= bounds.length; i++) {
			double low = (i > 0) ? bounds[i - 1] : Math.min(first, Double.isNaN(min) ? 0 : min / factor);
			double high = (i < bounds.length) ? bounds[i] : Math.max(last, Double.isNaN(max) ? last : max / factor);
			buckets.add(low, high, point.getBucketCounts(i));
		}
		return buckets;
	}

	/**
	 * A bucket holds nothing beyond the smallest and the largest value. If it is partly
	 * beyond what CloudWatch takes it ends there; one that is altogether beyond stays so.
	 */
	private void add(double low, double high, long count) {
		if (count != 0) {
			double begin = clamp(low * this.factor);
			double end = clamp(high * this.factor);
			double lowest = (end < -Numbers.LARGEST) ? -BEYOND : -Numbers.LARGEST;
			double highest = (begin > Numbers.LARGEST) ? BEYOND : Numbers.LARGEST;
			this.buckets.add(new Bucket(Math.max(lowest, Math.min(begin, highest)),
					Math.max(lowest, Math.min(end, highest)), Counts.of(count)));
		}
	}

	private double clamp(double value) {
		double atLeast = (value < this.min) ? this.min : value;
		return (atLeast > this.max) ? this.max : atLeast;
	}

	/**
	 * Where a bucket begins: the base, {@code 2^(2^-scale)}, to the power of its index.
	 */
	private static double bound(long index, double step) {
		return Math.pow(2, index * step);
	}

	private static boolean isRising(double[] bounds) {
		for (int i = 1; i < bounds.length; i++) {
			if (bounds[i] <= bounds[i - 1]) {
				return false;
			}
		}
		return DoubleStream.of(bounds).allMatch(Double::isFinite);
	}

	boolean isEmpty() {
		return this.buckets.isEmpty();
	}

	/**
	 * How many values there are.
	 */
	double count() {
		return this.buckets.stream().mapToDouble(Bucket::count).sum();
	}

	/**
	 * Take out one value of the last bucket, which ends there.
	 * @return whether it can be one of its values
	 */
	boolean takeLargest(double value) {
		int last = this.buckets.size() - 1;
		if (isEmpty() || !this.buckets.get(last).holds(value)) {
			return false;
		}
		Bucket bucket = this.buckets.get(last);
		replace(last, new Bucket(Math.min(bucket.low(), value), value, bucket.count() - 1));
		return true;
	}

	/**
	 * Take out one value of the first bucket, which begins there.
	 * @return whether it can be one of its values
	 */
	boolean takeSmallest(double value) {
		if (isEmpty() || !this.buckets.get(0).holds(value)) {
			return false;
		}
		Bucket bucket = this.buckets.get(0);
		replace(0, new Bucket(value, Math.max(bucket.high(), value), bucket.count() - 1));
		return true;
	}

	private void replace(int index, Bucket bucket) {
		if (bucket.count() > 0) {
			this.buckets.set(index, bucket);
		}
		else {
			this.buckets.remove(index);
		}
	}

	/**
	 * No more buckets than that. To be fewer, neighbours are joined that differ least,
	 * the smallest values first, because percentiles are asked for at the other end.
	 * Those of an exponential histogram are joined in pairs, as if it had the next
	 * smaller scale, if that is enough. It always is for 160 buckets, the most that
	 * OpenTelemetry's SDK and Micrometer make.
	 */
	List<Bucket> atMost(int size) {
		List<Bucket> joined = this.buckets;
		for (double widest = this.ratio; joined.size() > size; widest *= widest) {
			joined = join(joined, widest * TOLERANCE, joined.size() - size);
		}
		return joined;
	}

	private static List<Bucket> join(List<Bucket> buckets, double ratio, int most) {
		List<Bucket> joined = new ArrayList<>(buckets.size());
		int left = most;
		for (Bucket bucket : buckets) {
			int last = joined.size() - 1;
			if (left > 0 && last >= 0 && joined.get(last).ratioTo(bucket) <= ratio) {
				joined.set(last, joined.get(last).join(bucket));
				left--;
			}
			else {
				joined.add(bucket);
			}
		}
		return joined;
	}

}
