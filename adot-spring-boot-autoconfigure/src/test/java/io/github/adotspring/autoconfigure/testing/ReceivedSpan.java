package io.github.adotspring.autoconfigure.testing;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span with what OTLP says once for many: its resource and its instrumentation scope.
 */
public record ReceivedSpan(Resource resource, InstrumentationScope scope, Span span) {

	public static List<ReceivedSpan> in(ExportTraceServiceRequest request) {
		return request.getResourceSpansList()
			.stream()
			.flatMap((resourceSpans) -> resourceSpans.getScopeSpansList()
				.stream()
				.flatMap((scopeSpans) -> scopeSpans.getSpansList()
					.stream()
					.map((span) -> new ReceivedSpan(resourceSpans.getResource(), scopeSpans.getScope(), span))))
			.toList();
	}

	public String name() {
		return this.span.getName();
	}

	/**
	 * The trace's id in hex.
	 */
	public String traceId() {
		return hex(this.span.getTraceId());
	}

	/**
	 * The span's id in hex.
	 */
	public String spanId() {
		return hex(this.span.getSpanId());
	}

	/**
	 * The parent's id in hex, empty if there is no parent.
	 */
	public String parentSpanId() {
		return hex(this.span.getParentSpanId());
	}

	/**
	 * The span's attributes as plain Java values.
	 */
	public Map<String, Object> attributes() {
		return plain(this.span.getAttributesList());
	}

	/**
	 * The attributes of the span's resource as plain Java values.
	 */
	public Map<String, Object> resourceAttributes() {
		return plain(this.resource.getAttributesList());
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	static Map<String, Object> plain(List<KeyValue> attributes) {
		Map<String, Object> values = new LinkedHashMap<>();
		attributes.forEach((attribute) -> values.put(attribute.getKey(), plain(attribute.getValue())));
		return values;
	}

	private static Object plain(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BOOL_VALUE -> value.getBoolValue();
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(ReceivedSpan::plain).toList();
			case KVLIST_VALUE -> plain(value.getKvlistValue().getValuesList());
			default -> value;
		};
	}

}
