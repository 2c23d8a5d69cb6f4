package io.github.adotspring.autoconfigure.actuate;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What came of trying all destinations.
 *
 * @param ok whether all of those that there are took an empty export
 * @param signals each signal by name
 */
record CheckDescriptor(boolean ok, Map<String, SignalCheck> signals) implements OperationResponseBody {

	static CheckDescriptor of(Map<String, SignalCheck> signals) {
		return new CheckDescriptor(
				signals.values().stream().noneMatch((signal) -> signal.result() == SignalCheck.Result.FAILED), signals);
	}

}
