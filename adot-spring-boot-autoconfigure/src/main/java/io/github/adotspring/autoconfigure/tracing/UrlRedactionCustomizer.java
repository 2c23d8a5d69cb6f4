package io.github.adotspring.autoconfigure.tracing;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/**
 * Puts the redaction of URLs before every exporter of spans.
 */
final class UrlRedactionCustomizer implements AutoConfigurationCustomizerProvider {

	/** After those that have to see which exporter it is. */
	private static final int ORDER = 1000;

	private final UrlRedaction redaction;

	UrlRedactionCustomizer(UrlRedaction redaction) {
		this.redaction = redaction;
	}

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		if (!this.redaction.isEmpty()) {
			customizer.addSpanExporterCustomizer((exporter,
					config) -> new MappedSpanExporter((span) -> RedactedSpan.of(span, this.redaction), exporter));
		}
	}

	@Override
	public int order() {
		return ORDER;
	}

}
