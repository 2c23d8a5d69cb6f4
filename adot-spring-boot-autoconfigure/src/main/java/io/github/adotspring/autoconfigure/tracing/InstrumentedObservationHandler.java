package io.github.adotspring.autoconfigure.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Takes the observations that upstream's instrumentation makes spans of before another
 * handler makes one more. Handlers of other kinds, such as those of metrics, see them as
 * always; observations within become children of the instrumentation's span.
 */
final class InstrumentedObservationHandler implements TracingObservationHandler<Observation.Context> {

	private final Tracer tracer;

	private final Propagator propagator;

	private final InstrumentedObservations observations;

	InstrumentedObservationHandler(Tracer tracer, Propagator propagator, InstrumentedObservations observations) {
		this.tracer = tracer;
		this.propagator = propagator;
		this.observations = observations;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.observations.include(context.getClass());
	}

	@Override
	public void onStart(Observation.Context context) {
		// Without a span. Handlers of metrics insist that there is one.
		getTracingContext(context);
		if (context instanceof SenderContext<?> sender) {
			propagate(sender);
		}
	}

	/**
	 * For a client that was made by hand and isn't instrumented, so that at least its
	 * trace goes on. The instrumentation of any other replaces the headers.
	 */
	private <C> void propagate(SenderContext<C> sender) {
		Span current = this.tracer.currentSpan();
		C carrier = sender.getCarrier();
		if (current != null && carrier != null) {
			this.propagator.inject(current.context(), carrier, sender.getSetter()::set);
		}
	}

	@Override
	public void onError(Observation.Context context) {
		// Noted on the instrumentation's span by the instrumentation.
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		// Has no span to go to.
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		// The instrumentation opens that of its span.
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		// See above.
	}

	@Override
	@SuppressWarnings("deprecation") // Still called, and would take the current span
										// away.
	public void onScopeReset(Observation.Context context) {
		// See above.
	}

	@Override
	public void onStop(Observation.Context context) {
		// The instrumentation ends its span.
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

}
