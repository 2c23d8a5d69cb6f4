package io.github.adotspring.benchmarks.soak;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Gives every span a number and notes its end before the batch processor gets it.
 */
final class NumberingSpanProcessor implements SpanProcessor {

	private static final AttributeKey<Long> NUMBER = AttributeKey.longKey("soak.number");

	private final SpanProcessor batches;

	private final EndedSpans spans;

	NumberingSpanProcessor(SpanProcessor batches, EndedSpans spans) {
		this.batches = batches;
		this.spans = spans;
	}

	@Override
	public void onStart(Context parent, ReadWriteSpan span) {
		span.setAttribute(NUMBER, (long) this.spans.number());
		this.batches.onStart(parent, span);
	}

	@Override
	public boolean isStartRequired() {
		return true;
	}

	@Override
	public void onEnd(ReadableSpan span) {
		Long number = span.getAttribute(NUMBER);
		if (number != null) {
			this.spans.ended(number.intValue());
		}
		this.batches.onEnd(span);
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.batches.shutdown();
	}

	@Override
	public CompletableResultCode forceFlush() {
		return this.batches.forceFlush();
	}

}
