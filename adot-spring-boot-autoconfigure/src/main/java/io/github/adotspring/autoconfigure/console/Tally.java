package io.github.adotspring.autoconfigure.console;

/**
 * What was counted, in all or in a part of the time.
 *
 * @param count how often, or for a counter how much
 * @param sum sum of the values, {@code NaN} for a counter
 * @param max largest of the values, {@code NaN} if it is not known
 * @param buckets how the values are distributed
 */
record Tally(double count, double sum, double max, Buckets buckets) {

	static final Tally NONE = new Tally(0, Double.NaN, Double.NaN, Buckets.NONE);

	static Tally ofCounter(double value) {
		return new Tally(value, Double.NaN, Double.NaN, Buckets.NONE);
	}

	/**
	 * What came since an earlier tally of the same. The largest value of all is that of
	 * this time only if it is new.
	 */
	Tally minus(Tally earlier) {
		double newMax = (this.max > earlier.max || earlier.count == 0) ? this.max : Double.NaN;
		return new Tally(this.count - earlier.count, this.sum - earlier.sum, newMax,
				this.buckets.minus(earlier.buckets));
	}

	Tally plus(Tally other) {
		if (this.count == 0) {
			return other;
		}
		if (other.count == 0) {
			return this;
		}
		return new Tally(this.count + other.count, this.sum + other.sum, Math.max(this.max, other.max),
				this.buckets.plus(other.buckets));
	}

	double mean() {
		return this.sum / this.count;
	}

	/**
	 * The value that a share of all is not above, estimated, {@code NaN} if nothing tells
	 * it.
	 */
	double quantile(double share) {
		double estimate = this.buckets.quantile(share);
		return (estimate > this.max) ? this.max : estimate;
	}

	/**
	 * Values up to this are only known to be no larger.
	 */
	double resolution() {
		return this.buckets.zeroThreshold();
	}

	/**
	 * What no value is above, for when the largest is not known. {@code NaN} without such
	 * a bound.
	 */
	double bound() {
		return this.buckets.bound();
	}

}
