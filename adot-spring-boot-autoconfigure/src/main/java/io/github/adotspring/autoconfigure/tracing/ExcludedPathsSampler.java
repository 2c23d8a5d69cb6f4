package io.github.adotspring.autoconfigure.tracing;

import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Leaves out the requests to {@linkplain ExcludedPaths excluded paths}, before another
 * sampler decides on the rest. What such a request does inside is left out with it, even
 * if that sampler does not look at parents.
 */
final class ExcludedPathsSampler implements Sampler {

	private static final AttributeKey<String> URL_PATH = AttributeKey.stringKey("url.path");

	private final ExcludedPaths paths;

	private final Sampler delegate;

	ExcludedPathsSampler(ExcludedPaths paths, Sampler delegate) {
		this.paths = paths;
		this.delegate = delegate;
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		if (isExcluded(parentContext, spanKind, attributes)) {
			return SamplingResult.drop();
		}
		return this.delegate.shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
	}

	private boolean isExcluded(Context parentContext, SpanKind spanKind, Attributes attributes) {
		if (spanKind == SpanKind.SERVER) {
			String path = attributes.get(URL_PATH);
			return path != null && this.paths.patternFor(path) != null;
		}
		Span parent = Span.fromContext(parentContext);
		return parent.getSpanContext().isValid() && !parent.getSpanContext().isRemote()
				&& !parent.getSpanContext().isSampled() && !(parent instanceof ReadableSpan);
	}

	@Override
	public String getDescription() {
		return "ExcludedPaths{" + this.delegate.getDescription() + "}";
	}

	@Override
	public String toString() {
		return getDescription();
	}

}
