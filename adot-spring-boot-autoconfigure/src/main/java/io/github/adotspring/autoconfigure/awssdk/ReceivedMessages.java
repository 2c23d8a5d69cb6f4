package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * Messages that a listener of Spring Cloud AWS gets at once.
 *
 * @param messages the messages, at least one
 * @param batch whether the listener takes a batch
 */
record ReceivedMessages(List<Message<?>> messages, boolean batch) {

	static ReceivedMessages single(Message<?> message) {
		return new ReceivedMessages(List.of(message), false);
	}

	static ReceivedMessages batch(List<Message<?>> messages) {
		return new ReceivedMessages(messages, true);
	}

	/**
	 * Name of the queue, {@code null} if the messages don't say.
	 */
	@Nullable String queue() {
		return first(SqsHeaders.SQS_QUEUE_NAME_HEADER);
	}

	@Nullable String queueUrl() {
		return first(SqsHeaders.SQS_QUEUE_URL_HEADER);
	}

	/**
	 * Id that SQS gave to the message, {@code null} for a batch.
	 */
	@Nullable String messageId() {
		Object source = this.batch ? null : this.messages.get(0).getHeaders().get(SqsHeaders.SQS_SOURCE_DATA_HEADER);
		return (source instanceof software.amazon.awssdk.services.sqs.model.Message message) ? message.messageId()
				: null;
	}

	private @Nullable String first(String header) {
		Object value = this.messages.isEmpty() ? null : this.messages.get(0).getHeaders().get(header);
		return (value instanceof String text) ? text : null;
	}

}
