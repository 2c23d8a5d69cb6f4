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

	private final MetricConsole metrics;

	ConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces, MetricConsole metrics) {
		this.properties = properties;
		this.traces = traces;
		this.metrics = metrics;
	}

	@Override
	public ExportTo exportTo() {
		return ExportTo.CONSOLE;
	}

	@Override
	public Set<Signal> signals() {
		return Set.of(Signal.TRACES, Signal.METRICS);
	}

	@Override
	public Destination destination(Signal signal) {
		return (signal == Signal.METRICS) ? this.metrics : this.traces;
	}

	@Override
	public String describe(Signal signal) {
		if (signal == Signal.METRICS) {
			return "console, the last values of %d series in memory%s".formatted(this.properties.maxSeries(),
					this.properties.logsMetrics() ? " and what moved in the log" : "");
		}
		return "console, the last %d traces in memory%s".formatted(this.properties.maxTraces(),
				this.properties.log() ? " and each in the log" : "");
	}

}
