package io.github.adotspring.autoconfigure.amp;

/**
 * A number.
 *
 * @param bits the double, by its bits since some NaN have a meaning
 */
record FloatValue(long bits) implements SampleValue {

	static final FloatValue STALE = new FloatValue(STALE_BITS);

	private static final FloatValue ZERO = new FloatValue(0);

	/** The NaN that Prometheus has for one that was measured. */
	private static final long NAN_BITS = 0x7ff8000000000001L;

	private static final int SAMPLES_FIELD = 2;

	private static final int VALUE_FIELD = 1;

	private static final int TIMESTAMP_FIELD = 2;

	static FloatValue of(double value) {
		return new FloatValue(bits(value));
	}

	static long bits(double value) {
		return Double.isNaN(value) ? NAN_BITS : Double.doubleToRawLongBits(value);
	}

	@Override
	public boolean isZero() {
		return this.bits == 0;
	}

	@Override
	public SampleValue zero() {
		return ZERO;
	}

	@Override
	public SampleValue stale() {
		return STALE;
	}

	@Override
	public byte[] encode(long timeMillis) {
		ProtoWriter sample = new ProtoWriter().doubleBits(VALUE_FIELD, this.bits).int64(TIMESTAMP_FIELD, timeMillis);
		return new ProtoWriter().bytes(SAMPLES_FIELD, sample.toByteArray()).toByteArray();
	}

}
