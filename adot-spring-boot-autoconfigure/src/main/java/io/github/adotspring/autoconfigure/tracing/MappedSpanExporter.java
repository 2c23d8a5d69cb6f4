package io.github.adotspring.autoconfigure.tracing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Exports spans by another exporter as something makes them, whichever instrumentation
 * they are of, before anything leaves the SDK.
 */
public final class MappedSpanExporter implements SpanExporter {

	private final UnaryOperator<SpanData> mapping;

	private final SpanExporter delegate;

	/**
	 * Create a new instance.
	 * @param mapping makes of each span what is exported; the span itself if there is
	 * nothing to change
	 * @param delegate exports it
	 */
	public MappedSpanExporter(UnaryOperator<SpanData> mapping, SpanExporter delegate) {
		this.mapping = mapping;
		this.delegate = delegate;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		List<SpanData> mapped = new ArrayList<>(spans.size());
		spans.forEach((span) -> mapped.add(this.mapping.apply(span)));
		return this.delegate.export(mapped);
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

}
