package io.github.adotspring.autoconfigure.propagation;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

/**
 * A span that continues a trace without a span to be the child of, as what it is: a span
 * without a parent.
 */
final class RootSpan extends DelegatingSpanData {

	private RootSpan(SpanData span) {
		super(span);
	}

	/**
	 * The span itself, unless its parent is not known.
	 */
	static SpanData of(SpanData span) {
		return XrayParent.isUnknown(span.getParentSpanContext()) ? new RootSpan(span) : span;
	}

	@Override
	public SpanContext getParentSpanContext() {
		return SpanContext.getInvalid();
	}

	@Override
	public String getParentSpanId() {
		return SpanId.getInvalid();
	}

}
