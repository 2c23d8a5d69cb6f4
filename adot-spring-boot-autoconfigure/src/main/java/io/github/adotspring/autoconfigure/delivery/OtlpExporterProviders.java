package io.github.adotspring.autoconfigure.delivery;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.AutoConfigureListener;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Upstream's OTLP exporters, made by upstream from its own configuration, with a sender
 * that hands their messages to the pipeline. The SDK is made very early, so the pipeline
 * is looked up only when an exporter is made.
 */
final class OtlpExporterProviders {

	private static final String NAME = "otlp";

	private OtlpExporterProviders() {
	}

	static ConfigurableSpanExporterProvider spans(ObjectProvider<Deliveries> deliveries) {
		return new SpanExporters(deliveries,
				new Upstream<>(ConfigurableSpanExporterProvider.class, ConfigurableSpanExporterProvider::getName));
	}

	static ConfigurableMetricExporterProvider metrics(ObjectProvider<Deliveries> deliveries) {
		return new MetricExporters(deliveries,
				new Upstream<>(ConfigurableMetricExporterProvider.class, ConfigurableMetricExporterProvider::getName));
	}

	static ConfigurableLogRecordExporterProvider logs(ObjectProvider<Deliveries> deliveries) {
		return new LogRecordExporters(deliveries, new Upstream<>(ConfigurableLogRecordExporterProvider.class,
				ConfigurableLogRecordExporterProvider::getName));
	}

	/**
	 * Make the pipeline of metrics as upstream's exporter would, over HTTP whatever its
	 * protocol is.
	 */
	static void makeMetrics(Deliveries deliveries, ConfigProperties config) {
		new Upstream<>(ConfigurableMetricExporterProvider.class, ConfigurableMetricExporterProvider::getName).provider()
			.createExporter(new SenderConfigProperties(config, overHttp(Signal.METRICS),
					(sender) -> deliveries.sender(Signal.METRICS, sender)));
	}

	/**
	 * With the protocol that the user chose only where all of it goes to a collector,
	 * since nothing else speaks gRPC.
	 */
	private static ConfigProperties attached(ConfigProperties config, Signal signal,
			ObjectProvider<Deliveries> provider) {
		Deliveries deliveries = provider.getObject();
		return new SenderConfigProperties(config, deliveries.isCollected(signal) ? Map.of() : overHttp(signal),
				(sender) -> deliveries.sender(signal, sender));
	}

	private static Map<String, String> overHttp(Signal signal) {
		return Map.of("otel.exporter.otlp." + signal.key() + ".protocol", "http/protobuf");
	}

	private record SpanExporters(ObjectProvider<Deliveries> deliveries,
			Upstream<ConfigurableSpanExporterProvider> upstream)
			implements
				ConfigurableSpanExporterProvider,
				UpstreamListener {

		@Override
		public SpanExporter createExporter(ConfigProperties config) {
			return this.upstream.provider().createExporter(attached(config, Signal.TRACES, this.deliveries));
		}

		@Override
		public String getName() {
			return NAME;
		}

	}

	private record MetricExporters(ObjectProvider<Deliveries> deliveries,
			Upstream<ConfigurableMetricExporterProvider> upstream)
			implements
				ConfigurableMetricExporterProvider,
				UpstreamListener {

		@Override
		public MetricExporter createExporter(ConfigProperties config) {
			return this.upstream.provider().createExporter(attached(config, Signal.METRICS, this.deliveries));
		}

		@Override
		public String getName() {
			return NAME;
		}

	}

	private record LogRecordExporters(ObjectProvider<Deliveries> deliveries,
			Upstream<ConfigurableLogRecordExporterProvider> upstream)
			implements
				ConfigurableLogRecordExporterProvider,
				UpstreamListener {

		@Override
		public LogRecordExporter createExporter(ConfigProperties config) {
			return this.upstream.provider().createExporter(attached(config, Signal.LOGS, this.deliveries));
		}

		@Override
		public String getName() {
			return NAME;
		}

	}

	/**
	 * Passes on to upstream's provider that the SDK is finished.
	 */
	private interface UpstreamListener extends AutoConfigureListener {

		Upstream<?> upstream();

		@Override
		default void afterAutoConfigure(OpenTelemetrySdk sdk) {
			upstream().afterAutoConfigure(sdk);
		}

	}

	/**
	 * Upstream's provider of one signal, looked for when an exporter is made. It is told
	 * of the finished SDK, to whose metrics its exporter adds its own.
	 *
	 * @param <T> type of the provider
	 */
	private static final class Upstream<T> implements AutoConfigureListener {

		private final Class<T> type;

		private final Function<T, String> name;

		private volatile @Nullable T provider;

		Upstream(Class<T> type, Function<T, String> name) {
			this.type = type;
			this.name = name;
		}

		T provider() {
			T found = ServiceLoader.load(this.type, OtlpExporterProviders.class.getClassLoader())
				.stream()
				.map(ServiceLoader.Provider::get)
				.filter((provider) -> NAME.equals(this.name.apply(provider)))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("opentelemetry-exporter-otlp is not on the class path"));
			this.provider = found;
			return found;
		}

		@Override
		public void afterAutoConfigure(OpenTelemetrySdk sdk) {
			if (this.provider instanceof AutoConfigureListener listener) {
				listener.afterAutoConfigure(sdk);
			}
		}

	}

}
