package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adotspring.autoconfigure.BootExport;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where each signal goes in this application context, decided once, when the SDK is made
 * and the environment complete. In falling order: {@code management.adot.*}, which Boot's
 * switches can turn off; {@code otel.*.exporter}; Boot's switches; and what {@code auto}
 * finds.
 */
public final class ExportTargets {

	private final ExportTargetResolver resolver;

	private final OtlpEndpoints otlpEndpoints;

	private final Environment environment;

	private final List<SignalExport> exports;

	private final Map<Signal, List<ExportTarget>> targets = new ConcurrentHashMap<>();

	ExportTargets(ExportTargetResolver resolver, OtlpEndpoints otlpEndpoints, Environment environment,
			List<SignalExport> exports) {
		this.resolver = resolver;
		this.otlpEndpoints = otlpEndpoints;
		this.environment = environment;
		this.exports = exports;
	}

	/**
	 * Where a signal goes, the first of its destinations.
	 * @param signal the signal
	 * @return its target
	 */
	public ExportTarget of(Signal signal) {
		return all(signal).get(0);
	}

	/**
	 * Everywhere that a signal goes. Only metrics can have more than one destination.
	 * @param signal the signal
	 * @return its targets, at least one
	 */
	public List<ExportTarget> all(Signal signal) {
		return this.targets.computeIfAbsent(signal, this::decide);
	}

	/**
	 * Whether everything is made for a signal and nothing is sent.
	 * @param signal the signal
	 * @return {@code true} for a dry run
	 */
	public boolean isDryRun(Signal signal) {
		return this.exports.stream().anyMatch((export) -> export.signal() == signal && export.dryRun());
	}

	private List<ExportTarget> decide(Signal signal) {
		SignalExport export = this.exports.stream()
			.filter((candidate) -> candidate.signal() == signal)
			.findFirst()
			.orElse(null);
		List<ExportTarget> chosen = (export != null) ? this.resolver.chosen(signal, export.to(), export.property())
				: null;
		String switchedOff = BootExport.valueOf(signal.name()).switchedOff(this.environment);
		if (chosen != null) {
			return (switchedOff != null && chosen.get(0).to() != ExportTo.NONE) ? none(switchedOff + " is false")
					: chosen;
		}
		String exporterProperty = "otel." + signal.key() + ".exporter";
		List<String> exporters = exporters(exporterProperty);
		if (exporters.contains("none")) {
			return none(exporterProperty + " is none");
		}
		if (!exporters.isEmpty() && (signal != Signal.METRICS || exporters.contains("otlp"))) {
			// Another exporter of the SDK says nothing of Micrometer's metrics.
			return List.of(ExportTargetResolver.collector(this.otlpEndpoints.resolve(signal)));
		}
		if (switchedOff != null) {
			return none(switchedOff + " is false");
		}
		return (export != null) ? List.of(this.resolver.auto(signal)) : none("its auto-configuration was excluded");
	}

	private List<String> exporters(String property) {
		return Binder.get(this.environment).bind(property, Bindable.listOf(String.class)).orElseGet(List::of);
	}

	private static List<ExportTarget> none(String origin) {
		return List.of(new ExportTarget(ExportChoice.of(ExportTo.NONE), origin, null));
	}

}
