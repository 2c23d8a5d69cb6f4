package io.github.adotspring.autoconfigure.delivery;

import java.util.Collection;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentSelectorBuilder;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;

/**
 * Reads the instruments of the SDK and drops those of the application, which so have
 * nothing to store. A reader can't tell instruments by name, so views do: they say for
 * the SDK's what is the default for every other reader too. What was counted stays
 * readable after the shutdown of the SDK.
 */
final class SdkMetricReader implements MetricReader {

	private volatile CollectionRegistration registration = CollectionRegistration.noop();

	private volatile boolean shutdown;

	/**
	 * Join the SDK that is being made.
	 */
	SdkMeterProviderBuilder register(SdkMeterProviderBuilder builder, ConfigProperties config) {
		for (InstrumentType type : InstrumentType.values()) {
			builder.registerView(InstrumentSelector.builder().setName("otel.sdk.*").setType(type).build(),
					View.builder()
						.setAggregation((type == InstrumentType.HISTOGRAM) ? histogram(config)
								: Aggregation.defaultAggregation())
						.build());
		}
		legacy(builder, SdkTelemetry.TRACES_SCOPE, SdkTelemetry.LEGACY_SPANS);
		legacy(builder, SdkTelemetry.TRACES_SCOPE, SdkTelemetry.LEGACY_QUEUE_SIZE);
		legacy(builder, SdkTelemetry.LOGS_SCOPE, SdkTelemetry.LEGACY_LOGS);
		legacy(builder, SdkTelemetry.LOGS_SCOPE, SdkTelemetry.LEGACY_QUEUE_SIZE);
		return builder.registerMetricReader(this);
	}

	/**
	 * The default of upstream's OTLP exporter can be set.
	 */
	private static Aggregation histogram(ConfigProperties config) {
		String aggregation = config.getString("otel.exporter.otlp.metrics.default.histogram.aggregation");
		return "base2_exponential_bucket_histogram".equalsIgnoreCase(aggregation)
				? Aggregation.base2ExponentialBucketHistogram() : Aggregation.defaultAggregation();
	}

	private static void legacy(SdkMeterProviderBuilder builder, String scope, String name) {
		InstrumentSelectorBuilder selector = InstrumentSelector.builder().setMeterName(scope).setName(name);
		builder.registerView(selector.build(), View.builder().build());
	}

	Collection<MetricData> collect() {
		return this.registration.collectAllMetrics();
	}

	boolean isShutdown() {
		return this.shutdown;
	}

	@Override
	public void register(CollectionRegistration registration) {
		this.registration = registration;
	}

	@Override
	public Aggregation getDefaultAggregation(InstrumentType instrumentType) {
		return Aggregation.drop();
	}

	@Override
	public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
		return AggregationTemporality.CUMULATIVE;
	}

	@Override
	public CompletableResultCode forceFlush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		this.shutdown = true;
		return CompletableResultCode.ofSuccess();
	}

}
