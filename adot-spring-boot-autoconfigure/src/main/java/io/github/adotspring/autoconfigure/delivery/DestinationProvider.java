package io.github.adotspring.autoconfigure.delivery;

import java.util.Set;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;

/**
 * Brings a destination that is not an OTLP endpoint, such as the console.
 */
public interface DestinationProvider {

	/**
	 * The value of {@code export.to} that the destination stands for.
	 * @return the value
	 */
	ExportTo exportTo();

	/**
	 * The signals that the destination takes.
	 * @return the signals
	 */
	Set<Signal> signals();

	/**
	 * The destination for a signal.
	 * @param signal one of its signals
	 * @return the destination
	 */
	Destination destination(Signal signal);

	/**
	 * What the start-up report says of it.
	 * @param signal one of its signals
	 * @return a phrase such as "console, the last 500 traces in memory"
	 */
	String describe(Signal signal);

}
