package io.github.adotspring.autoconfigure.datum;

/**
 * A range of values and how many were in it.
 *
 * @param low the lower end
 * @param high the upper end
 * @param count how many, more than zero
 */
record Bucket(double low, double high, double count) {

	/** For ends that are computed, and so are not exact. */
	private static final double TOLERANCE = 1e-9;

	/**
	 * One value.
	 */
	static Bucket of(double value) {
		return new Bucket(value, value, 1);
	}

	/**
	 * Whether a value may have been counted here.
	 */
	boolean holds(double value) {
		return value >= this.low - Math.abs(this.low) * TOLERANCE
				&& value <= this.high + Math.abs(this.high) * TOLERANCE;
	}

	/**
	 * What stands for all values unless more is known: the geometric mean of the ends,
	 * which is off by the same factor from either, or the middle where that makes no
	 * sense.
	 */
	double middle() {
		double middle = (Math.signum(this.low) * Math.signum(this.high) > 0)
				? Math.signum(this.low) * Math.sqrt(Math.abs(this.low)) * Math.sqrt(Math.abs(this.high))
				: (this.low + this.high) / 2;
		return Math.max(this.low, Math.min(middle, this.high));
	}

	/**
	 * How far the middle is from an end.
	 * @param upwards whether the end is the upper one
	 */
	double room(boolean upwards) {
		return upwards ? this.high - middle() : middle() - this.low;
	}

	/**
	 * What stands for all values where they are known to be more or less.
	 * @param shift which part of the way from the middle to an end, from -1 for the lower
	 * to 1 for the upper
	 */
	double value(double shift) {
		return Math.max(this.low, Math.min(middle() + shift * room(shift > 0), this.high));
	}

	/**
	 * By which factor one of these and one of the next can differ.
	 */
	double ratioTo(Bucket next) {
		if (this.low == next.high) {
			return 1;
		}
		double ratio = (this.low > 0) ? next.high / this.low : this.low / next.high;
		return (this.low > 0 || next.high < 0) ? ratio : Double.POSITIVE_INFINITY;
	}

	/**
	 * These and the next, which are larger.
	 */
	Bucket join(Bucket next) {
		return new Bucket(this.low, next.high, this.count + next.count);
	}

}
