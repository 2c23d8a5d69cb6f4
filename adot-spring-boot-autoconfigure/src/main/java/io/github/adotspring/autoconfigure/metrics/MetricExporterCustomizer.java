package io.github.adotspring.autoconfigure.metrics;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/**
 * Keeps what Micrometer measures too from the SDK's exporter of metrics.
 */
final class MetricExporterCustomizer implements AutoConfigurationCustomizerProvider {

	private final boolean instrumentation;

	MetricExporterCustomizer(boolean instrumentation) {
		this.instrumentation = instrumentation;
	}

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		if (!this.instrumentation) {
			customizer.addMetricExporterCustomizer((exporter, config) -> new InstrumentationFilter(exporter));
		}
	}

	/**
	 * After the delivery, which knows upstream's exporters by their classes.
	 */
	@Override
	public int order() {
		return 1;
	}

}
