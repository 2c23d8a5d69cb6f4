package io.github.adotspring.autoconfigure.amp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;

/**
 * A native histogram of Prometheus with whole counts. Whether it was reset is left to
 * Prometheus to find out.
 *
 * @param sumBits the sum of the values, by the bits of the double
 * @param schema the scale, from -4 to 8
 * @param zeroThresholdBits the largest absolute value that is counted as zero
 * @param zeros values that are counted as zero
 * @param negative buckets of negative values
 * @param positive buckets of positive values
 * @see <a href= "https://prometheus.io/docs/specs/native_histograms/">Native
 * histograms</a>
 */
record NativeHistogram(long sumBits, int schema, long zeroThresholdBits, long zeros, NativeBuckets negative,
		NativeBuckets positive) implements SampleValue {

	/** The coarsest scale that native histograms have. */
	static final int MIN_SCHEMA = -4;

	private static final int MAX_SCHEMA = 8;

	private static final double DEFAULT_ZERO_THRESHOLD = 1e-128;

	private static final int HISTOGRAMS_FIELD = 4;

	static NativeHistogram of(ExponentialHistogramDataPoint point) {
		int coarser = Math.max(0, point.getScale() - MAX_SCHEMA);
		double threshold = (point.getZeroThreshold() > 0) ? point.getZeroThreshold() : DEFAULT_ZERO_THRESHOLD;
		return new NativeHistogram(FloatValue.bits(point.getSum()), point.getScale() - coarser,
				FloatValue.bits(threshold), point.getZeroCount(), NativeBuckets.of(point.getNegative(), coarser),
				NativeBuckets.of(point.getPositive(), coarser));
	}

	/**
	 * All values. Prometheus refuses a histogram whose count is any other.
	 */
	private long count() {
		return this.zeros + this.negative.count() + this.positive.count();
	}

	@Override
	public boolean isZero() {
		return count() == 0;
	}

	@Override
	public SampleValue zero() {
		return new NativeHistogram(0, this.schema, this.zeroThresholdBits, 0, NativeBuckets.EMPTY, NativeBuckets.EMPTY);
	}

	@Override
	public SampleValue stale() {
		return new NativeHistogram(STALE_BITS, 0, 0, 0, NativeBuckets.EMPTY, NativeBuckets.EMPTY);
	}

	@Override
	public byte[] encode(long timeMillis) {
		ProtoWriter histogram = new ProtoWriter().int64(1, count())
			.doubleBits(3, this.sumBits)
			.sint32(4, this.schema)
			.doubleBits(5, this.zeroThresholdBits)
			.int64(6, this.zeros);
		this.negative.write(histogram, 8, 9);
		this.positive.write(histogram, 11, 12);
		histogram.int64(15, timeMillis);
		return new ProtoWriter().bytes(HISTOGRAMS_FIELD, histogram.toByteArray()).toByteArray();
	}

}
