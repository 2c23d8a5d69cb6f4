package io.github.adotspring.autoconfigure.delivery;

import java.util.ServiceLoader;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

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
		return new ConfigurableSpanExporterProvider() {

			@Override
			public SpanExporter createExporter(ConfigProperties config) {
				return upstream(ConfigurableSpanExporterProvider.class, ConfigurableSpanExporterProvider::getName)
					.createExporter(attached(config, Signal.TRACES, deliveries));
			}

			@Override
			public String getName() {
				return NAME;
			}

		};
	}

	static ConfigurableMetricExporterProvider metrics(ObjectProvider<Deliveries> deliveries) {
		return new ConfigurableMetricExporterProvider() {

			@Override
			public MetricExporter createExporter(ConfigProperties config) {
				return upstream(ConfigurableMetricExporterProvider.class, ConfigurableMetricExporterProvider::getName)
					.createExporter(attached(config, Signal.METRICS, deliveries));
			}

			@Override
			public String getName() {
				return NAME;
			}

		};
	}

	static ConfigurableLogRecordExporterProvider logs(ObjectProvider<Deliveries> deliveries) {
		return new ConfigurableLogRecordExporterProvider() {

			@Override
			public LogRecordExporter createExporter(ConfigProperties config) {
				return upstream(ConfigurableLogRecordExporterProvider.class,
						ConfigurableLogRecordExporterProvider::getName)
					.createExporter(attached(config, Signal.LOGS, deliveries));
			}

			@Override
			public String getName() {
				return NAME;
			}

		};
	}

	private static ConfigProperties attached(ConfigProperties config, Signal signal,
			ObjectProvider<Deliveries> deliveries) {
		return new SenderConfigProperties(config, (sender) -> deliveries.getObject().sender(signal, sender));
	}

	private static <T> T upstream(Class<T> type, Function<T, String> name) {
		return ServiceLoader.load(type, OtlpExporterProviders.class.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((provider) -> NAME.equals(name.apply(provider)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("opentelemetry-exporter-otlp is not on the class path"));
	}

}
