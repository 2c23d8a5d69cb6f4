package io.github.adotspring.autoconfigure.propagation;

import io.github.adotspring.autoconfigure.tracing.MappedSpanExporter;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/**
 * Makes good around the SDK what headers leave open.
 */
final class PropagationCustomizer implements AutoConfigurationCustomizerProvider {

	/** After those that have to see which exporter it is. */
	private static final int ORDER = 1000;

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		customizer.addSamplerCustomizer((sampler, config) -> new DeferredDecisionSampler(sampler));
		customizer.addSpanExporterCustomizer((exporter, config) -> new MappedSpanExporter(RootSpan::of, exporter));
	}

	@Override
	public int order() {
		return ORDER;
	}

}
