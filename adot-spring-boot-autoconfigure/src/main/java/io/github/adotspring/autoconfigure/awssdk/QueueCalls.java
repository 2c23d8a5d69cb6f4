package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.trace.Span;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Which calls to queues are worth a span.
 */
interface QueueCalls {

	/** Each. */
	QueueCalls ALL = new QueueCalls() {

		@Override
		public boolean isLeftOut(SdkRequest request) {
			return false;
		}

		@Override
		public void onResponse(Span span, SdkResponse response) {
			// Nothing to find out.
		}

	};

	/**
	 * Whether a call that begins now makes no span.
	 */
	boolean isLeftOut(SdkRequest request);

	/**
	 * Mark the span of a call that turned out to have been none worth a span.
	 */
	void onResponse(Span span, SdkResponse response);

}
