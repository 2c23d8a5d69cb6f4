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
		return Map.of("otel.sdk.disabled", OtelOverrides::disabled, "otel.traces.exporter",
				OtelOverrides::tracesExporter, "otel.exporter.otlp.traces.protocol", OtelOverrides::tracesProtocol,
				"otel.metrics.exporter", MetricsConfiguration::exporter, "management.otlp.metrics.export.enabled",
				(environment) -> MetricsConfiguration.isOff(environment) ? "false" : null,
				"management.otlp.metrics.export.aggregation-temporality", MetricsConfiguration::requiredTemporality,
				"otel.exporter.otlp.metrics.temporality.preference", MetricsConfiguration::requiredTemporality,
				"otel.java.metrics.cardinality.limit",
				(environment) -> environment.getProperty(AdotProperties.PREFIX + ".metrics.max-series-per-meter"));
	}

	private static @Nullable String disabled(Environment environment) {
		return environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true) ? null : "true";
	}

	private static @Nullable String tracesExporter(Environment environment) {
		return switch (exportTo(environment)) {
			case AUTO -> null;
			case NONE -> "none";
			case AWS, COLLECTOR, CONSOLE -> (BootExport.TRACES.switchedOff(environment) != null) ? "none" : "otlp";
		};
	}

	/**
	 * Neither AWS nor the console speaks gRPC.
	 */
	private static @Nullable String tracesProtocol(Environment environment) {
		return switch (exportTo(environment)) {
			case AWS, CONSOLE -> "http/protobuf";
			case AUTO, COLLECTOR, NONE -> null;
		};
	}

	private static ExportTo exportTo(Environment environment) {
		ConfiguredValue configured = ConfiguredValue.firstOf(environment, AdotProperties.PREFIX + ".tracing.export.to",
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
