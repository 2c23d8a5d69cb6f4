package io.github.adotspring.autoconfigure.datum;

/**
 * Count, sum and limits of several values. CloudWatch can't do without any of them.
 *
 * @param count how many values there are
 * @param sum their sum
 * @param min the smallest, at most the mean
 * @param max the largest, at least the mean
 */
public record Statistics(double count, double sum, double min, double max) implements Reading {

	/** By how much a mean may be outside of the limits because it is rounded. */
	private static final double ROUNDING = 1e-9;

	/**
	 * Complete what a data point tells. A limit that is not known is the mean of all
	 * values but the other limit: right for up to two values, and else the nearest to the
	 * mean that it can be. Micrometer tells only the maximum, and a minimum of zero would
	 * be taken for one that was measured.
	 * @param min the smallest, not finite if it is not known
	 * @param max the largest, not finite if it is not known
	 */
	static Statistics of(double count, double sum, double min, double max) {
		double mean = sum / count;
		double others = Math.max(count - 1, 1);
		boolean isAlone = count <= 1;
		double known = Double.isFinite(min) ? min : mean;
		double largest = Double.isFinite(max) ? max : isAlone ? mean : (sum - known) / others;
		double smallest = Double.isFinite(min) ? min : isAlone ? mean : (sum - largest) / others;
		return new Statistics(count, sum, smallest, largest).aroundMean();
	}

	/**
	 * The same with limits that the mean is between.
	 */
	Statistics aroundMean() {
		double mean = this.sum / this.count;
		double rounding = Math.abs(mean) * ROUNDING;
		double largest = (this.max >= mean - rounding) ? this.max : mean;
		double smallest = (this.min <= mean + rounding) ? this.min : mean;
		return new Statistics(this.count, this.sum, Math.min(smallest, largest), largest);
	}

}
