package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/**
 * Makes payloads for tests of other packages.
 */
public final class PayloadFixtures {

	private PayloadFixtures() {
	}

	public static Payload traces(ExportTraceServiceRequest message) {
		return traces(message.toByteArray());
	}

	public static Payload traces(byte[] message) {
		return new Payload(Signal.TRACES, message, 0, null);
	}

	public static Payload metrics(byte[] message) {
		return new Payload(Signal.METRICS, message, 0, null);
	}

	public static Payload logs(byte[] message) {
		return new Payload(Signal.LOGS, message, 0, null);
	}

	/**
	 * A request to a destination of metrics, with so many data points.
	 */
	public static Payload metrics(byte[] request, int items) {
		return new Payload(Signal.METRICS, request, items, null);
	}

}
