package io.github.adotspring.autoconfigure.propagation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;

/**
 * Exports spans that continue a trace without a span to be the child of as what they are:
 * spans without a parent.
 */
final class RootSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	RootSpanExporter(SpanExporter delegate) {
		this.delegate = delegate;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		boolean roots = spans.stream().anyMatch((span) -> XrayParent.isUnknown(span.getParentSpanContext()));
		return this.delegate.export(roots ? withRoots(spans) : spans);
	}

	private static List<SpanData> withRoots(Collection<SpanData> spans) {
		List<SpanData> exported = new ArrayList<>(spans.size());
		for (SpanData span : spans) {
			exported.add(XrayParent.isUnknown(span.getParentSpanContext()) ? new RootSpan(span) : span);
		}
		return exported;
	}

	@Override
	public CompletableResultCode flush() {
		return this.delegate.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

	private static final class RootSpan extends DelegatingSpanData {

		RootSpan(SpanData span) {
			super(span);
		}

		@Override
		public SpanContext getParentSpanContext() {
			return SpanContext.getInvalid();
		}

		@Override
		public String getParentSpanId() {
			return SpanId.getInvalid();
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

}
