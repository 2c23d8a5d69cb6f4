package io.github.adotspring.autoconfigure.metrics;

import io.micrometer.registry.otlp.ExemplarContextProvider;
import io.micrometer.registry.otlp.OtlpExemplarContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives measurements the trace in which they are taken, if it is exported.
 */
final class SpanExemplars implements ExemplarContextProvider {

	@Override
	public @Nullable OtlpExemplarContext getExemplarContext() {
		SpanContext span = Span.current().getSpanContext();
		return (span.isValid() && span.isSampled()) ? new OtlpExemplarContext(span.getTraceId(), span.getSpanId())
				: null;
	}

}
