package io.github.adotspring.autoconfigure.sampling;

/**
 * What an anomaly is good for.
 */
enum AnomalyUse {

	/**
	 * X-Ray is told, which may boost the rate of the rule; and the trace is captured.
	 */
	BOTH,

	/**
	 * X-Ray is told.
	 */
	SAMPLING_BOOST,

	/**
	 * The trace is captured.
	 */
	ANOMALY_TRACE_CAPTURE;

	boolean includes(AnomalyUse use) {
		return this == BOTH || this == use;
	}

}
