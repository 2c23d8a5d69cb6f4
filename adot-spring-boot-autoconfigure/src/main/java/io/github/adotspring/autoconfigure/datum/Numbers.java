package io.github.adotspring.autoconfigure.datum;

/**
 * The numbers that CloudWatch takes.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
final class Numbers {

	/** The largest number either side of zero. */
	static final double LARGEST = 0x1p360;

	/**
	 * AWS says that numbers can be too small too, and not what these are; what is this
	 * close to zero is zero.
	 */
	private static final double SMALLEST = 0x1p-360;

	private Numbers() {
	}

	static boolean isInRange(double number) {
		return Math.abs(number) <= LARGEST;
	}

	/**
	 * The number, which is not too close to zero. The negative zero is zero.
	 */
	static double normal(double number) {
		return (Math.abs(number) < SMALLEST) ? 0 : number;
	}

}
