package io.github.adotspring.autoconfigure.amp;

/**
 * What a series has at one time.
 */
sealed interface SampleValue permits FloatValue, NativeHistogram {

	/**
	 * The NaN that ends a series.
	 *
	 * @see <a href=
	 * "https://prometheus.io/docs/specs/prw/remote_write_spec/#stale-markers">Stale
	 * markers</a>
	 */
	long STALE_BITS = 0x7ff0000000000002L;

	/**
	 * Whether nothing was counted yet.
	 */
	boolean isZero();

	/**
	 * The value of the same kind before anything was counted.
	 */
	SampleValue zero();

	/**
	 * The value of the same kind that ends the series.
	 */
	SampleValue stale();

	/**
	 * The field of a {@code TimeSeries} that it is.
	 */
	byte[] encode(long timeMillis);

}
