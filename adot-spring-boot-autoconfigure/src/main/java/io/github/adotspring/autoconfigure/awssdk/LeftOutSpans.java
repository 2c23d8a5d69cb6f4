package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Does not export spans that turned out to say nothing: upstream begins them before it
 * can know. They don't get to the queue of the export either.
 */
final class LeftOutSpans implements SpanProcessor {

	private static final AttributeKey<Boolean> MARK = AttributeKey.booleanKey("adot.left_out");

	private final SpanProcessor export;

	LeftOutSpans(SpanProcessor export) {
		this.export = export;
	}

	static void mark(Span span) {
		span.setAttribute(MARK, true);
	}

	@Override
	public void onStart(Context parent, ReadWriteSpan span) {
		this.export.onStart(parent, span);
	}

	@Override
	public boolean isStartRequired() {
		return this.export.isStartRequired();
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (span.getAttribute(MARK) == null) {
			this.export.onEnd(span);
		}
	}

	@Override
	public boolean isEndRequired() {
		return this.export.isEndRequired();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.export.shutdown();
	}

	@Override
	public CompletableResultCode forceFlush() {
		return this.export.forceFlush();
	}

	@Override
	public String toString() {
		return this.export.toString();
	}

}
