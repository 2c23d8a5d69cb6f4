package io.github.adotspring.autoconfigure.otlp;

/**
 * Reads the counts of OTLP, which are unsigned.
 */
public final class Counts {

	private Counts() {
	}

	/**
	 * Read a count.
	 * @param unsigned the count, 64 bits without a sign
	 * @return the same, to the precision of a double
	 */
	public static double of(long unsigned) {
		return (unsigned >= 0) ? unsigned : (unsigned >>> 1) * 2.0;
	}

}
