package io.github.adotspring.autoconfigure.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adotspring.autoconfigure.ConfiguredValue;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.OtelConfiguration;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Gives the SDK the configuration that follows from the properties of the starter and of
 * Boot, has its own metrics read, and takes note of the exporters that the user chose
 * instead of OTLP. The SDK is made very early, so other beans are looked up only then.
 */
final class SdkCustomizer implements AutoConfigurationCustomizerProvider {

	/** Spans and log records are shown soon; there is no network to spare. */
	private static final String CONSOLE_SCHEDULE_DELAY = "200ms";

	private final ObjectProvider<ExportTargets> targets;

	private final ObjectProvider<CollectorProperties> collector;

	private final SdkTelemetry telemetry;

	private final Environment environment;

	private final Map<Signal, String> exporters = new ConcurrentHashMap<>();

	SdkCustomizer(ObjectProvider<ExportTargets> targets, ObjectProvider<CollectorProperties> collector,
			SdkTelemetry telemetry, Environment environment) {
		this.targets = targets;
		this.collector = collector;
		this.telemetry = telemetry;
		this.environment = environment;
	}

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		if (customizer instanceof AutoConfiguredOpenTelemetrySdkBuilder builder) {
			// The SDK ends with the context, after the web server, and not beside it in a
			// hook of its own.
			builder.disableShutdownHook();
		}
		customizer.addPropertiesSupplier(this::properties);
		customizer.addMeterProviderCustomizer(this.telemetry::register);
		customizer.addSpanExporterCustomizer((exporter, config) -> note(Signal.TRACES, exporter));
		customizer.addMetricExporterCustomizer((exporter, config) -> note(Signal.METRICS, exporter));
		customizer.addLogRecordExporterCustomizer((exporter, config) -> note(Signal.LOGS, exporter));
	}

	/**
	 * The exporter of a signal that the user chose instead of the pipeline, {@code null}
	 * if there is none.
	 */
	@Nullable String ownExporter(Signal signal) {
		return this.exporters.get(signal);
	}

	private Map<String, String> properties() {
		Map<String, String> properties = new HashMap<>(OtelConfiguration.of(this.environment));
		CollectorProperties collector = this.collector.getObject();
		if (collector.endpoint() != null) {
			properties.put("otel.exporter.otlp.endpoint", collector.endpoint().toString());
		}
		ExportTarget traces = this.targets.getObject().of(Signal.TRACES);
		properties.put("otel.traces.exporter", (traces.to() == ExportTo.NONE) ? "none" : "otlp");
		ExportTarget logs = this.targets.getObject().of(Signal.LOGS);
		properties.put("otel.logs.exporter", (logs.to() == ExportTo.NONE) ? "none" : "otlp");
		ExportTarget metrics = this.targets.getObject().of(Signal.METRICS);
		properties.put("otel.metrics.exporter", (metrics.to() == ExportTo.NONE) ? "none" : "otlp");
		if (traces.to() == ExportTo.CONSOLE) {
			properties.putIfAbsent("otel.bsp.schedule.delay", CONSOLE_SCHEDULE_DELAY);
		}
		if (logs.to() == ExportTo.CONSOLE) {
			properties.putIfAbsent("otel.blrp.schedule.delay", CONSOLE_SCHEDULE_DELAY);
		}
		checkGrpc(Signal.TRACES, properties.get("otel.exporter.otlp.traces.protocol"));
		checkGrpc(Signal.METRICS, null);
		checkGrpc(Signal.LOGS, properties.get("otel.exporter.otlp.logs.protocol"));
		return properties;
	}

	private void checkGrpc(Signal signal, @Nullable String bootProtocol) {
		ConfiguredValue protocol = ConfiguredValue.firstOf(this.environment,
				"otel.exporter.otlp." + signal.key() + ".protocol", "otel.exporter.otlp.protocol");
		boolean grpc = "grpc".equals((protocol != null) ? protocol.value() : bootProtocol);
		if (grpc && isCollected(signal) && ServiceLoader.load(GrpcSenderProvider.class).findFirst().isEmpty()) {
			throw new InvalidAdotConfigurationException(
					(protocol != null) ? protocol.origin()
							: "management.opentelemetry.%s.export.otlp.transport"
								.formatted((signal == Signal.LOGS) ? "logging" : "tracing"),
					"grpc", "OTLP over gRPC needs a sender that is not on the class path",
					"Add the dependency 'io.opentelemetry:opentelemetry-exporter-sender-okhttp', or use 'http/protobuf'.");
		}
	}

	private boolean isCollected(Signal signal) {
		return this.targets.getObject().all(signal).stream().allMatch((target) -> target.to() == ExportTo.COLLECTOR);
	}

	private <T> T note(Signal signal, T exporter) {
		String name = exporter.getClass().getSimpleName();
		if (name.startsWith("OtlpGrpc")) {
			this.exporters.put(signal, "OTLP over gRPC (protocol from otel.exporter.otlp.protocol)");
		}
		else if (!name.startsWith("OtlpHttp")) {
			this.exporters.put(signal, name + " (chosen by otel." + signal.key() + ".exporter)");
		}
		return exporter;
	}

}
