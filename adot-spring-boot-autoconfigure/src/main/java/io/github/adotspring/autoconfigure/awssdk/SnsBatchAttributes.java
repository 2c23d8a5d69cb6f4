package io.github.adotspring.autoconfigure.awssdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/**
 * The configured propagators in the attributes of each message of a batch to SNS, as
 * upstream puts them in those of a single one. X-Ray's header goes as HTTP header, which
 * SNS passes on to queues and functions.
 */
final class SnsBatchAttributes implements ContextCarrier {

	/** What SQS takes, where a topic delivers messages without its envelope. */
	private static final int MAX_ATTRIBUTES = 10;

	private final TextMapPropagator propagator;

	SnsBatchAttributes(TextMapPropagator propagator) {
		this.propagator = propagator;
	}

	@Override
	public SdkRequest inject(SdkRequest request, Context context) {
		if (!(request instanceof PublishBatchRequest batch)) {
			return request;
		}
		List<PublishBatchRequestEntry> entries = batch.publishBatchRequestEntries()
			.stream()
			.map((entry) -> with(entry, context))
			.toList();
		return batch.toBuilder().publishBatchRequestEntries(entries).build();
	}

	private PublishBatchRequestEntry with(PublishBatchRequestEntry entry, Context context) {
		Map<String, MessageAttributeValue> attributes = new HashMap<>(entry.messageAttributes());
		this.propagator.inject(context, attributes, (carrier, key, value) -> {
			if (carrier != null) {
				carrier.put(key, MessageAttributeValue.builder().dataType("String").stringValue(value).build());
			}
		});
		return (attributes.size() <= MAX_ATTRIBUTES) ? entry.toBuilder().messageAttributes(attributes).build() : entry;
	}

}
