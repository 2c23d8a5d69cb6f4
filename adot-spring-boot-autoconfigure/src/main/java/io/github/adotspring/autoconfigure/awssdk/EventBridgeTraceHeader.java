package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.github.adotspring.autoconfigure.propagation.XrayPropagator;
import io.opentelemetry.context.Context;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * The field of an event from which EventBridge takes the trace that its targets get: a
 * queue as AWSTraceHeader, a function as the header of its invocation.
 */
final class EventBridgeTraceHeader implements ContextCarrier {

	@Override
	public SdkRequest inject(SdkRequest request, Context context) {
		if (!(request instanceof PutEventsRequest events)) {
			return request;
		}
		String header = XrayPropagator.getInstance().header(context);
		if (header == null) {
			return request;
		}
		List<PutEventsRequestEntry> entries = events.entries()
			.stream()
			.map((entry) -> (entry.traceHeader() != null) ? entry : entry.toBuilder().traceHeader(header).build())
			.toList();
		return events.toBuilder().entries(entries).build();
	}

}
