package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The properties of the SDK and of Boot that follow from {@code management.adot.*} and
 * win over the user's own, because {@code management.adot.*} comes first.
 */
final class OtelOverrides {

	private OtelOverrides() {
	}

	static Map<String, Function<Environment, @Nullable String>> properties() {
		return Map.ofEntries(Map.entry("otel.sdk.disabled", OtelOverrides::disabled),
				Map.entry("otel.traces.exporter", (environment) -> exporter(environment, BootExport.TRACES)),
				Map.entry("otel.exporter.otlp.traces.protocol",
						(environment) -> protocol(environment, BootExport.TRACES)),
				Map.entry("otel.logs.exporter", (environment) -> exporter(environment, BootExport.LOGS)),
				Map.entry("otel.exporter.otlp.logs.protocol", (environment) -> protocol(environment, BootExport.LOGS)),
				Map.entry("otel.traces.sampler", SamplerChoice::nameIn),
				Map.entry("otel.traces.sampler.arg", SamplerChoice::argumentIn),
				// What upstream attaches, the starter does itself.
				Map.entry(LogsConfiguration.LOGBACK, (environment) -> "false"),
				Map.entry(LogsConfiguration.LOG4J, (environment) -> "false"),
				Map.entry("otel.metrics.exporter", MetricsConfiguration::exporter),
				Map.entry("management.otlp.metrics.export.enabled",
						(environment) -> MetricsConfiguration.isOff(environment) ? "false" : null),
				Map.entry("management.otlp.metrics.export.aggregation-temporality",
						MetricsConfiguration::requiredTemporality),
				Map.entry("otel.exporter.otlp.metrics.temporality.preference",
						MetricsConfiguration::requiredTemporality),
				Map.entry("otel.java.metrics.cardinality.limit", (environment) -> environment
					.getProperty(AdotProperties.PREFIX + ".metrics.max-series-per-meter")));
	}

	private static @Nullable String disabled(Environment environment) {
		return environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true) ? null : "true";
	}

	private static @Nullable String exporter(Environment environment, BootExport export) {
		return switch (exportTo(environment, export)) {
			case AUTO -> null;
			case NONE -> "none";
			case AWS, COLLECTOR, CONSOLE -> (export.switchedOff(environment) != null) ? "none" : "otlp";
		};
	}

	/**
	 * Neither AWS nor the console speaks gRPC.
	 */
	private static @Nullable String protocol(Environment environment, BootExport export) {
		return switch (exportTo(environment, export)) {
			case AWS, CONSOLE -> "http/protobuf";
			case AUTO, COLLECTOR, NONE -> null;
		};
	}

	private static ExportTo exportTo(Environment environment, BootExport export) {
		ConfiguredValue configured = ConfiguredValue.firstOf(environment,
				AdotProperties.PREFIX + ((export == BootExport.LOGS) ? ".logging" : ".tracing") + ".export.to",
				AdotProperties.PREFIX + ".export.to");
		if (configured == null) {
			return ExportTo.AUTO;
		}
		for (ExportTo to : ExportTo.values()) {
			if (to.name().equalsIgnoreCase(configured.value())) {
				return to;
			}
		}
		// Binding the properties reports the value.
		return ExportTo.AUTO;
	}

}
