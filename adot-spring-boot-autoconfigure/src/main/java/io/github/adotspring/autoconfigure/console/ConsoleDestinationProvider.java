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

	private final LogConsole logs;

	ConsoleDestinationProvider(ConsoleProperties properties, TraceConsole traces, MetricConsole metrics,
			LogConsole logs) {
		this.properties = properties;
		this.traces = traces;
		this.metrics = metrics;
		this.logs = logs;
	}

	@Override
	public ExportTo exportTo() {
		return ExportTo.CONSOLE;
	}

	@Override
	public Set<Signal> signals() {
		return Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
	}

	@Override
	public Destination destination(Signal signal) {
		return switch (signal) {
			case TRACES -> this.traces;
			case METRICS -> this.metrics;
			case LOGS -> this.logs;
		};
	}

	@Override
	public String describe(Signal signal) {
		return switch (signal) {
			case TRACES -> "console, the last %d traces in memory%s".formatted(this.properties.maxTraces(),
					this.properties.log() ? " and each in the log" : "");
			case METRICS -> "console, the last values of %d series in memory%s".formatted(this.properties.maxSeries(),
					this.properties.logsMetrics() ? " and what moved in the log" : "");
			case LOGS -> "console, the last %d log records in memory%s".formatted(this.properties.maxLogRecords(),
					this.logs.isWritten() ? " and each as JSON on the standard output" : "");
		};
	}

}
