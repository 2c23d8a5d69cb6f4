package io.github.adotspring.autoconfigure.awssdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.opentelemetry.context.Context;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The system attribute in which AWS services and other SDKs look for the trace of an SQS
 * message. SQS fills it from the HTTP header too, but a proxy may drop headers, and an
 * endpoint that stands in for SQS may not know it.
 */
final class SqsTraceHeader implements ContextCarrier {

	@Override
	public SdkRequest inject(SdkRequest request, Context context) {
		String header = XrayPropagator.getInstance().header(context);
		if (header == null) {
			return request;
		}
		if (request instanceof SendMessageRequest message) {
			return isSet(message.messageSystemAttributes()) ? message
					: message.toBuilder()
						.messageSystemAttributes(with(message.messageSystemAttributes(), header))
						.build();
		}
		if (request instanceof SendMessageBatchRequest batch) {
			List<SendMessageBatchRequestEntry> entries = batch.entries()
				.stream()
				.map((entry) -> isSet(entry.messageSystemAttributes()) ? entry : with(entry, header))
				.toList();
			return batch.toBuilder().entries(entries).build();
		}
		return request;
	}

	private static SendMessageBatchRequestEntry with(SendMessageBatchRequestEntry entry, String header) {
		return entry.toBuilder().messageSystemAttributes(with(entry.messageSystemAttributes(), header)).build();
	}

	private static Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> with(
			Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> attributes, String header) {
		Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> extended = new HashMap<>(attributes);
		extended.put(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
				MessageSystemAttributeValue.builder().dataType("String").stringValue(header).build());
		return extended;
	}

	private static boolean isSet(Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> attributes) {
		return attributes.containsKey(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER);
	}

}
