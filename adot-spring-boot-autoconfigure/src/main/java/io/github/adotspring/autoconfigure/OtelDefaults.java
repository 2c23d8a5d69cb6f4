package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The defaults that have to be in the environment, at its very end, because conditions
 * and logging read them there. All others are given to the SDK by
 * {@link OtelConfiguration}.
 */
final class OtelDefaults {

	private OtelDefaults() {
	}

	static Map<String, Function<Environment, @Nullable String>> properties() {
		return Map.ofEntries(
				// Boot's switch for the same thing.
				Map.entry("otel.sdk.disabled",
						(environment) -> isOff(environment, "management.opentelemetry.enabled") ? "true" : null),
				// What collects for an export that is off is off, and what Micrometer
				// measures too.
				Map.entry("otel.instrumentation.runtime-telemetry.enabled", OtelDefaults::runtimeTelemetry),
				// Ours has the ids of X-Ray too, and puts no appender around the others.
				Map.entry("otel.instrumentation.logback-mdc.enabled", LogCorrelation::upstreamEnabled),
				Map.entry("logging.pattern.correlation", LogCorrelation::pattern),
				Map.entry("management.otlp.metrics.export.enabled", MetricsConfiguration::registryEnabled),
				// As often as the SDK exports its own.
				Map.entry("management.otlp.metrics.export.step",
						(environment) -> environment.getProperty("otel.metric.export.interval")),
				Map.entry("management.otlp.metrics.export.histogram-flavor",
						(environment) -> "base2_exponential_bucket_histogram"),
				Map.entry("management.otlp.metrics.export.aggregation-temporality",
						MetricsConfiguration::defaultTemporality),
				Map.entry("management.otlp.metrics.export.base-time-unit", MetricsConfiguration::baseTimeUnit),
				Map.entry("management.otlp.metrics.export.publish-max-gauge-for-histograms",
						MetricsConfiguration::maxGaugeForHistograms),
				// It names Boot's URL, where nothing is sent. The start-up report tells.
				Map.entry("logging.level.io.micrometer.core.instrument.push.PushMeterRegistry",
						(environment) -> MetricsConfiguration.isOff(environment) ? null : "warn"),
				// The delivery tells of failures itself, once; upstream would tell of
				// each again, with a stack trace.
				Map.entry("logging.level.io.opentelemetry.exporter.internal.http.HttpExporter", (environment) -> "off"),
				// Likewise of a full queue, with each batch.
				Map.entry("logging.level.io.opentelemetry.sdk.trace.export.BatchSpanProcessor",
						(environment) -> tracesAreDelivered(environment) ? "off" : null),
				// It would show the session token to whoever logs everything.
				Map.entry("logging.level.software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
						(environment) -> "info"));
	}

	private static @Nullable String runtimeTelemetry(Environment environment) {
		boolean wanted = MetricsConfiguration.isInstrumentation(environment)
				&& BootExport.METRICS.switchedOff(environment) == null
				&& !"none".equalsIgnoreCase(environment.getProperty("otel.metrics.exporter", "otlp").trim());
		return wanted ? null : "false";
	}

	/**
	 * Not so with another exporter, of which the delivery knows nothing.
	 */
	private static boolean tracesAreDelivered(Environment environment) {
		ConfiguredValue exporter = ConfiguredValue.firstOf(environment, "otel.traces.exporter");
		ConfiguredValue protocol = ConfiguredValue.firstOf(environment, "otel.exporter.otlp.traces.protocol",
				"otel.exporter.otlp.protocol", "management.opentelemetry.tracing.export.otlp.transport");
		return (exporter == null || exporter.value().equalsIgnoreCase("otlp"))
				&& (protocol == null || !protocol.value().equalsIgnoreCase("grpc"));
	}

	private static boolean isOff(Environment environment, String property) {
		return !environment.getProperty(property, Boolean.class, true);
	}

}
