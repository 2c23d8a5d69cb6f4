package io.github.adotspring.autoconfigure.sampling;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Hands spans to a processor that exports them, also those that are captured, in the same
 * batches and within the same limits.
 */
final class AnomalySpanProcessor implements SpanProcessor {

	private final AnomalySampling anomalies;

	private final SpanProcessor delegate;

	AnomalySpanProcessor(AnomalySampling anomalies, SpanProcessor delegate) {
		this.anomalies = anomalies;
		this.delegate = delegate;
	}

	@Override
	public void onStart(Context parentContext, ReadWriteSpan span) {
		this.delegate.onStart(parentContext, span);
	}

	@Override
	public boolean isStartRequired() {
		return this.delegate.isStartRequired();
	}

	@Override
	public void onEnd(ReadableSpan span) {
		this.delegate.onEnd(this.anomalies.captures(span) ? new CapturedSpan(span) : span);
	}

	@Override
	public boolean isEndRequired() {
		return this.delegate.isEndRequired();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

	@Override
	public CompletableResultCode forceFlush() {
		return this.delegate.forceFlush();
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

}
