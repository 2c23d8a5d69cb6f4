package io.github.adotspring.autoconfigure.metrics;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Measures an observation in the trace in which it began where it ends outside of any,
 * such as a request that is answered on another thread. What is measured is Boot's.
 */
final class TracedMeterHandler implements MeterObservationHandler<Observation.Context> {

	private final @Nullable MeterObservationHandler<Observation.Context> handler;

	TracedMeterHandler(@Nullable MeterObservationHandler<Observation.Context> handler) {
		this.handler = handler;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.handler != null && this.handler.supportsContext(context);
	}

	@Override
	public void onStart(Observation.Context context) {
		SpanContext span = Span.current().getSpanContext();
		if (span.isValid()) {
			context.put(TracedMeterHandler.class, span);
		}
		if (this.handler != null) {
			this.handler.onStart(context);
		}
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		if (this.handler != null) {
			this.handler.onEvent(event, context);
		}
	}

	@Override
	public void onStop(Observation.Context context) {
		SpanContext span = context.get(TracedMeterHandler.class);
		if (span == null || Span.current().getSpanContext().isValid()) {
			measure(context);
		}
		else {
			Context.current().with(Span.wrap(span)).wrap(() -> measure(context)).run();
		}
	}

	private void measure(Observation.Context context) {
		if (this.handler != null) {
			this.handler.onStop(context);
		}
	}

}
