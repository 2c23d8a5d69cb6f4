package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;

import io.github.adotspring.autoconfigure.Signal;

/**
 * The counters of every signal.
 */
public final class DeliveryStatus {

	private final SignalStatus traces;

	private final SignalStatus metrics;

	private final SignalStatus logs;

	DeliveryStatus(Clock clock) {
		this.traces = new SignalStatus(clock);
		this.metrics = new SignalStatus(clock);
		this.logs = new SignalStatus(clock);
	}

	/**
	 * The counters of a signal.
	 * @param signal the signal
	 * @return its counters
	 */
	public SignalStatus of(Signal signal) {
		return switch (signal) {
			case TRACES -> this.traces;
			case METRICS -> this.metrics;
			case LOGS -> this.logs;
		};
	}

}
