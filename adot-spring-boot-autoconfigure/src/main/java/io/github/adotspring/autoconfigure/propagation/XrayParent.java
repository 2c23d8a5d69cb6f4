package io.github.adotspring.autoconfigure.propagation;

import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * A parent that X-Ray's header names. It may not say all that OpenTelemetry wants to
 * know: its decision, its span, or both. The SDK takes it for a parent in any case and so
 * continues its trace; what is missing {@link DeferredDecisionSampler} and
 * {@link RootSpan} make good.
 *
 * @param traceId the trace, which is a valid id
 * @param span number of the span, not 0; one of which nobody has heard if the header
 * names none
 * @param decision what the header says of sampling
 * @param state what other propagators found for the same trace
 * @param spanKnown whether the header names the span
 */
record XrayParent(String traceId, long span, RemoteDecision decision, TraceState state,
		boolean spanKnown) implements SpanContext {

	/**
	 * For a header that names a span.
	 */
	static XrayParent of(String traceId, long span, RemoteDecision decision, TraceState state) {
		return new XrayParent(traceId, span, decision, state, true);
	}

	/**
	 * For a header as a load balancer writes it, which only names the trace.
	 */
	static XrayParent withoutSpan(String traceId, RemoteDecision decision, TraceState state) {
		long id = ThreadLocalRandom.current().nextLong();
		return new XrayParent(traceId, (id != 0) ? id : 1, decision, state, false);
	}

	/**
	 * Whether the header leaves the decision to its receiver.
	 */
	static boolean isDeferred(SpanContext parent) {
		return parent instanceof XrayParent incomplete && incomplete.decision.isDeferred();
	}

	/**
	 * Whether there is no such span.
	 */
	static boolean isUnknown(@Nullable SpanContext parent) {
		return parent instanceof XrayParent incomplete && !incomplete.spanKnown;
	}

	@Override
	public String getTraceId() {
		return this.traceId;
	}

	/** Made when it is asked for, which nobody does of a span that is not sampled. */
	@Override
	public String getSpanId() {
		return SpanId.fromLong(this.span);
	}

	@Override
	public TraceFlags getTraceFlags() {
		return (this.decision == RemoteDecision.SAMPLED) ? TraceFlags.getSampled() : TraceFlags.getDefault();
	}

	@Override
	public TraceState getTraceState() {
		return this.state;
	}

	/** Without looking at each digit again, as the default would with each span. */
	@Override
	public boolean isValid() {
		return true;
	}

	@Override
	public boolean isRemote() {
		return true;
	}

	@Override
	public String toString() {
		return "XrayParent[%s-%s, %s]".formatted(this.traceId, this.spanKnown ? getSpanId() : "?", this.decision);
	}

}
