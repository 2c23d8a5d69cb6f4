package io.github.adotspring.autoconfigure.console;

import java.util.Set;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.DestinationProvider;

/**
 * The console as a destination.
 */
final class ConsoleDestinationProvider implements DestinationProvider {

	private final ConsoleProperties properties;

	private final TraceConsole traces;

	ConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces) {
		this.properties = properties;
		this.traces = traces;
	}

	@Override
	public ExportTo exportTo() {
		return ExportTo.CONSOLE;
	}

	@Override
	public Set<Signal> signals() {
		return Set.of(Signal.TRACES);
	}

	@Override
	public Destination destination(Signal signal) {
		return this.traces;
	}

	@Override
	public String describe(Signal signal) {
		return "console, the last %d traces in memory%s".formatted(this.properties.maxTraces(),
				this.properties.log() ? " and each in the log" : "");
	}

}
