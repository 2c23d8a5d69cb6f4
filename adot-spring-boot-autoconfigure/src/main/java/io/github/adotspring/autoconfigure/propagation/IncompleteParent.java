package io.github.adotspring.autoconfigure.propagation;

import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * A parent of which a header did not say all that OpenTelemetry wants to know: its
 * decision, its span, or both. The SDK takes it for a parent and so continues its trace;
 * what is missing {@link DeferredDecisionSampler} and {@link RootSpanExporter} make good.
 *
 * @param traceId the trace
 * @param spanId the span; one of which nobody has heard if the header names none
 * @param decision what the header says of sampling
 * @param state what other propagators found for the same trace
 * @param spanKnown whether the header names the span
 */
record IncompleteParent(String traceId, String spanId, RemoteDecision decision, TraceState state,
		boolean spanKnown) implements SpanContext {

	/**
	 * For a header as a load balancer writes it, which only names the trace.
	 */
	static IncompleteParent withoutSpan(String traceId, RemoteDecision decision, TraceState state) {
		long id = ThreadLocalRandom.current().nextLong();
		return new IncompleteParent(traceId, SpanId.fromLong((id != 0) ? id : 1), decision, state, false);
	}

	/**
	 * For a header that leaves the decision to its receiver.
	 */
	static IncompleteParent withoutDecision(String traceId, String spanId, RemoteDecision decision, TraceState state) {
		return new IncompleteParent(traceId, spanId, decision, state, true);
	}

	/**
	 * Whether the header leaves the decision to its receiver.
	 */
	static boolean isDeferred(SpanContext parent) {
		return parent instanceof IncompleteParent incomplete && incomplete.decision.isDeferred();
	}

	/**
	 * Whether there is no such span.
	 */
	static boolean isUnknown(@Nullable SpanContext parent) {
		return parent instanceof IncompleteParent incomplete && !incomplete.spanKnown;
	}

	@Override
	public String getTraceId() {
		return this.traceId;
	}

	@Override
	public String getSpanId() {
		return this.spanId;
	}

	@Override
	public TraceFlags getTraceFlags() {
		return (this.decision == RemoteDecision.SAMPLED) ? TraceFlags.getSampled() : TraceFlags.getDefault();
	}

	@Override
	public TraceState getTraceState() {
		return this.state;
	}

	@Override
	public boolean isRemote() {
		return true;
	}

}
