package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Leaves out what would be a trace of its own and says nothing: that a consumer which
 * acknowledges in the background deletes messages, as Spring Cloud AWS does, and that it
 * received none.
 */
final class SqsCalls implements QueueCalls {

	private final MessagingProperties properties;

	SqsCalls(MessagingProperties properties) {
		this.properties = properties;
	}

	@Override
	public boolean isLeftOut(SdkRequest request) {
		return !this.properties.acknowledgements()
				&& (request instanceof DeleteMessageRequest || request instanceof DeleteMessageBatchRequest)
				&& Span.fromContextOrNull(Context.current()) == null;
	}

	@Override
	public void onResponse(Span span, SdkResponse response) {
		if (!this.properties.emptyReceives() && response instanceof ReceiveMessageResponse received
				&& received.messages().isEmpty()) {
			LeftOutSpans.mark(span);
		}
	}

}
