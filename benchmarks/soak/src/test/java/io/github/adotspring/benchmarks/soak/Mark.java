package io.github.adotspring.benchmarks.soak;

/**
 * The size of the application after a garbage collection.
 *
 * @param when in words
 * @param process which process of the application, 1 or 2
 * @param heap bytes of the heap in use
 * @param threads live threads that do not serve requests
 */
record Mark(String when, int process, long heap, long threads) {

	/**
	 * Whether it is larger than another by more than what comes and goes.
	 */
	boolean isGrownFrom(Mark other) {
		return this.heap > 1.5 * other.heap + 16_000_000 || this.threads > other.threads + 10;
	}

}
