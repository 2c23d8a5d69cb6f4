package io.github.adotspring.autoconfigure.delivery;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The counters of every signal.
 */
public final class DeliveryStatus {

	private final Map<Signal, SignalStatus> signals;

	DeliveryStatus(Clock clock) {
		this.signals = Collections.unmodifiableMap(Arrays.stream(Signal.values())
			.collect(Collectors.toMap(Function.identity(), (signal) -> new SignalStatus(clock))));
	}

	/**
	 * The counters of a signal.
	 * @param signal the signal
	 * @return its counters
	 */
	public SignalStatus of(Signal signal) {
		return this.signals.get(signal);
	}

}
