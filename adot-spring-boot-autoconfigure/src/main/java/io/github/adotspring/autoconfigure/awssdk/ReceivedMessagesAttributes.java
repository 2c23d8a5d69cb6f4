package io.github.adotspring.autoconfigure.awssdk;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.AttributesExtractor;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that upstream gives to spans of processing messages.
 */
final class ReceivedMessagesAttributes implements AttributesExtractor<ReceivedMessages, Void> {

	private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");

	private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation");

	private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");

	private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");

	private static final AttributeKey<Long> COUNT = AttributeKey.longKey("messaging.batch.message_count");

	private static final AttributeKey<String> QUEUE_URL = AttributeKey.stringKey("aws.sqs.queue.url");

	private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

	@Override
	public void onStart(AttributesBuilder attributes, Context parent, ReceivedMessages messages) {
		attributes.put(SYSTEM, "aws_sqs");
		attributes.put(OPERATION, "process");
		put(attributes, DESTINATION, messages.queue());
		put(attributes, MESSAGE_ID, messages.messageId());
		put(attributes, QUEUE_URL, messages.queueUrl());
		if (messages.batch()) {
			attributes.put(COUNT, (long) messages.messages().size());
		}
	}

	@Override
	public void onEnd(AttributesBuilder attributes, Context context, ReceivedMessages messages, @Nullable Void response,
			@Nullable Throwable error) {
		if (error != null) {
			attributes.put(ERROR, error.getClass().getName());
		}
	}

	private static void put(AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
		if (value != null) {
			attributes.put(key, value);
		}
	}

}
