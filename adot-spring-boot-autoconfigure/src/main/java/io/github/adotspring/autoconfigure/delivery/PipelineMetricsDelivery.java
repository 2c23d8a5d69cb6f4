package io.github.adotspring.autoconfigure.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.OtelConfiguration;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The pipeline of metrics for sources beside the SDK. The settings of its requests are
 * those of upstream's exporter (headers, certificates, compression, timeouts), which is
 * therefore made where the SDK has not made it itself.
 */
final class PipelineMetricsDelivery implements MetricsDelivery {

	private final ExportTargets targets;

	private final Deliveries deliveries;

	private final ObjectProvider<AutoConfiguredOpenTelemetrySdk> sdk;

	private final ObjectProvider<ConfigProperties> sdkConfiguration;

	private final Environment environment;

	PipelineMetricsDelivery(ExportTargets targets, Deliveries deliveries,
			ObjectProvider<AutoConfiguredOpenTelemetrySdk> sdk, ObjectProvider<ConfigProperties> sdkConfiguration,
			Environment environment) {
		this.targets = targets;
		this.deliveries = deliveries;
		this.sdk = sdk;
		this.sdkConfiguration = sdkConfiguration;
		this.environment = environment;
	}

	@Override
	public CompletableFuture<Outcome> deliver(byte[] message) {
		if (!this.deliveries.isMade(Signal.METRICS)) {
			OtlpExporterProviders.makeMetrics(this.deliveries, settings());
		}
		return this.deliveries.fanOut(Signal.METRICS).deliver(message);
	}

	/**
	 * Those of the SDK, which is made by that and makes its exporter first. Beside an SDK
	 * of the application upstream has a configuration that knows nothing of Spring.
	 */
	private ConfigProperties settings() {
		if (this.sdk.getIfAvailable() != null) {
			return this.sdkConfiguration.getObject();
		}
		Map<String, String> settings = new HashMap<>(OtelConfiguration.of(this.environment));
		Binder.get(this.environment)
			.bind("otel", Bindable.mapOf(String.class, String.class))
			.ifBound((otel) -> otel.forEach((name, value) -> settings.put("otel." + name, value)));
		return DefaultConfigProperties.createFromMap(settings);
	}

	@Override
	public boolean isDelivered() {
		return this.targets.of(Signal.METRICS).to() != ExportTo.NONE;
	}

}
