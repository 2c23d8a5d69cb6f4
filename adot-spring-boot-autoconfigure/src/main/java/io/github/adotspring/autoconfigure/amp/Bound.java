package io.github.adotspring.autoconfigure.amp;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * An upper bound of a bucket: {@code 2^(index / 2^scale)}.
 *
 * @param scale how fine the bounds are that it is one of
 * @param index which of them it is
 */
record Bound(int scale, long index) {

	/** Enough to tell bounds of all scales in use from each other. */
	private static final MathContext DIGITS = new MathContext(6);

	double value() {
		double exponent = Math.scalb((double) this.index, -this.scale);
		return (exponent == Math.rint(exponent)) ? Math.scalb(1.0, (int) exponent) : StrictMath.pow(2, exponent);
	}

	/**
	 * The value of the label {@code le}.
	 */
	String label() {
		double value = value();
		boolean isExact = (this.index & ((1L << Math.max(0, this.scale)) - 1)) == 0;
		return label(isExact ? new BigDecimal(value) : new BigDecimal(value).round(DIGITS));
	}

	/**
	 * A number as it is written in labels, without an exponent and without zeros at its
	 * end.
	 */
	static String label(double value) {
		if (Double.isNaN(value)) {
			return "NaN";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "+Inf" : "-Inf";
		}
		return label(BigDecimal.valueOf(value));
	}

	private static String label(BigDecimal value) {
		return (value.signum() != 0) ? value.stripTrailingZeros().toPlainString() : "0";
	}

}
