package io.github.adotspring.autoconfigure.propagation;

/**
 * What the sender of a header decided on the trace.
 */
enum RemoteDecision {

	/**
	 * It is sampled.
	 */
	SAMPLED,

	/**
	 * It is not sampled.
	 */
	NOT_SAMPLED,

	/**
	 * The receiver is asked to decide.
	 */
	ASKED,

	/**
	 * Nothing is said, so it is for the receiver to decide too.
	 */
	NONE;

	/**
	 * Whether it is for the receiver to decide.
	 */
	boolean isDeferred() {
		return this == ASKED || this == NONE;
	}

}
