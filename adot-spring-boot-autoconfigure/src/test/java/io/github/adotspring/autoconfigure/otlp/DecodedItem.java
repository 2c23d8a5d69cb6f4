package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;

/**
 * An item as the generated classes read it, with all that is said of it around it:
 * resource, scope and metric with their schema URLs and unknown fields, without items.
 */
record DecodedItem(Message request, Message resource, Message scope, Metric metric, Message item) {

	private static final Metric NO_METRIC = Metric.getDefaultInstance();

	static List<DecodedItem> allOf(Signal signal, byte[] message) {
		try {
			return switch (signal) {
				case TRACES -> spans(ExportTraceServiceRequest.parseFrom(message));
				case METRICS -> dataPoints(ExportMetricsServiceRequest.parseFrom(message));
				case LOGS -> logRecords(ExportLogsServiceRequest.parseFrom(message));
			};
		}
		catch (InvalidProtocolBufferException ex) {
			throw new AssertionError("Not a valid request", ex);
		}
	}

	private static List<DecodedItem> spans(ExportTraceServiceRequest message) {
		List<DecodedItem> items = new ArrayList<>();
		Message request = message.toBuilder().clearResourceSpans().build();
		message.getResourceSpansList().forEach((resource) -> resource.getScopeSpansList().forEach((scope) -> {
			Message resourceFrame = resource.toBuilder().clearScopeSpans().build();
			Message scopeFrame = scope.toBuilder().clearSpans().build();
			scope.getSpansList()
				.forEach((span) -> items.add(new DecodedItem(request, resourceFrame, scopeFrame, NO_METRIC, span)));
		}));
		return items;
	}

	private static List<DecodedItem> logRecords(ExportLogsServiceRequest message) {
		List<DecodedItem> items = new ArrayList<>();
		Message request = message.toBuilder().clearResourceLogs().build();
		message.getResourceLogsList().forEach((resource) -> resource.getScopeLogsList().forEach((scope) -> {
			Message resourceFrame = resource.toBuilder().clearScopeLogs().build();
			Message scopeFrame = scope.toBuilder().clearLogRecords().build();
			scope.getLogRecordsList()
				.forEach((log) -> items.add(new DecodedItem(request, resourceFrame, scopeFrame, NO_METRIC, log)));
		}));
		return items;
	}

	private static List<DecodedItem> dataPoints(ExportMetricsServiceRequest message) {
		List<DecodedItem> items = new ArrayList<>();
		Message request = message.toBuilder().clearResourceMetrics().build();
		message.getResourceMetricsList().forEach((resource) -> resource.getScopeMetricsList().forEach((scope) -> {
			Message resourceFrame = resource.toBuilder().clearScopeMetrics().build();
			Message scopeFrame = scope.toBuilder().clearMetrics().build();
			scope.getMetricsList().forEach((metric) -> {
				Metric metricFrame = withoutPoints(metric);
				dataPoints(metric).forEach(
						(point) -> items.add(new DecodedItem(request, resourceFrame, scopeFrame, metricFrame, point)));
			});
		}));
		return items;
	}

	private static List<? extends Message> dataPoints(Metric metric) {
		return switch (metric.getDataCase()) {
			case GAUGE -> metric.getGauge().getDataPointsList();
			case SUM -> metric.getSum().getDataPointsList();
			case HISTOGRAM -> metric.getHistogram().getDataPointsList();
			case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsList();
			case SUMMARY -> metric.getSummary().getDataPointsList();
			case DATA_NOT_SET -> List.of();
		};
	}

	private static Metric withoutPoints(Metric metric) {
		Metric.Builder frame = metric.toBuilder();
		switch (metric.getDataCase()) {
			case GAUGE -> frame.getGaugeBuilder().clearDataPoints();
			case SUM -> frame.getSumBuilder().clearDataPoints();
			case HISTOGRAM -> frame.getHistogramBuilder().clearDataPoints();
			case EXPONENTIAL_HISTOGRAM -> frame.getExponentialHistogramBuilder().clearDataPoints();
			case SUMMARY -> frame.getSummaryBuilder().clearDataPoints();
			default -> frame.clearData();
		}
		return frame.build();
	}

	/**
	 * A field of the item with this name.
	 */
	Object get(String field) {
		return this.item.getField(this.item.getDescriptorForType().findFieldByName(field));
	}

	/**
	 * Bytes of resource and scope.
	 */
	int contextBytes() {
		return bytes(this.resource, "resource") + bytes(this.scope, "scope");
	}

	private static int bytes(Message frame, String field) {
		return ((Message) frame.getField(frame.getDescriptorForType().findFieldByName(field))).getSerializedSize();
	}

	/**
	 * A request with nothing but this item.
	 */
	byte[] alone() {
		Message inScope = this.item;
		if (this.metric != NO_METRIC) {
			String data = this.metric.getDataCase().name().toLowerCase(Locale.ROOT);
			Message points = (Message) this.metric.getField(this.metric.getDescriptorForType().findFieldByName(data));
			inScope = put(this.metric, data, put(points, "data_points", this.item));
		}
		return put(this.request, 1, put(this.resource, 2, put(this.scope, 2, inScope))).toByteArray();
	}

	private static Message put(Message frame, int field, Message value) {
		return put(frame, frame.getDescriptorForType().findFieldByNumber(field).getName(), value);
	}

	private static Message put(Message frame, String field, Message value) {
		FieldDescriptor descriptor = frame.getDescriptorForType().findFieldByName(field);
		Message.Builder builder = frame.toBuilder();
		return (descriptor.isRepeated() ? builder.addRepeatedField(descriptor, value)
				: builder.setField(descriptor, value))
			.build();
	}

}
