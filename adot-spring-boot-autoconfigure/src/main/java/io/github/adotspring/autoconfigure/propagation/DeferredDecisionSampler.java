package io.github.adotspring.autoconfigure.propagation;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Lets another sampler decide on a trace as at its root where the caller left that to us.
 * OpenTelemetry has no word for it, so a sampler that asks the parent would take it for a
 * no.
 */
final class DeferredDecisionSampler implements Sampler {

	private final Sampler delegate;

	DeferredDecisionSampler(Sampler delegate) {
		this.delegate = delegate;
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		boolean deferred = XrayParent.isDeferred(Span.fromContext(parentContext).getSpanContext());
		Context context = deferred ? parentContext.with(Span.getInvalid()) : parentContext;
		return this.delegate.shouldSample(context, traceId, name, spanKind, attributes, parentLinks);
	}

	@Override
	public String getDescription() {
		return this.delegate.getDescription();
	}

	@Override
	public String toString() {
		return getDescription();
	}

}
