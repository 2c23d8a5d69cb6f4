package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is done about anomalies: X-Ray is told of them where a rule can be boosted, and
 * traces that have one are captured where this service is configured to.
 *
 * @param enabled whether anything is
 * @param local what this service is configured to do, {@code null} for nothing of its own
 * @param maxTraces traces that are remembered, so that each is counted once
 * @param traceTime how long they are
 */
record AdaptiveSettings(boolean enabled, @Nullable Local local, int maxTraces, Duration traceTime) {

	/**
	 * Whether spans have to be looked at that are not sampled.
	 * @param boosts whether there are rules that can be boosted
	 */
	boolean watches(boolean boosts) {
		return this.enabled && (this.local != null || boosts);
	}

	/**
	 * Whether this service has conditions or a limit of its own.
	 */
	boolean isConfigured() {
		return this.enabled && this.local != null;
	}

	/**
	 * What this service is configured to do.
	 *
	 * @param conditions what is an anomaly
	 * @param tracesPerSecond traces that are captured in a second at most
	 */
	record Local(AnomalyConditions conditions, int tracesPerSecond) {

	}

}
