package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

/**
 * What the console shows of a span.
 *
 * @param traceId trace id in hexadecimal digits
 * @param spanId span id in hexadecimal digits
 * @param parentId span id of the parent, empty for the root of a trace
 * @param remoteParent whether the parent is in another process, or was reached over the
 * network
 * @param service name of the service
 * @param name name of the span
 * @param kind kind in capitals, such as SERVER
 * @param start start in nanoseconds since the epoch
 * @param duration length
 * @param failed whether its status is an error
 * @param detail HTTP status, and for a failure its message or type
 */
record ConsoleSpan(String traceId, String spanId, String parentId, boolean remoteParent, String service, String name,
		String kind, long start, Duration duration, boolean failed, String detail) {

	/**
	 * Set in the flags of a span that says whether its parent is remote, and set if it
	 * is.
	 */
	private static final int REMOTE_PARENT = 0x300;

	static ConsoleSpan of(String service, Span span) {
		Map<String, String> attributes = span.getAttributesList()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, ConsoleSpan::text, (first, second) -> first));
		boolean failed = span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR;
		return new ConsoleSpan(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
				(span.getFlags() & REMOTE_PARENT) == REMOTE_PARENT, service, name(span, attributes),
				span.getKind().name().substring("SPAN_KIND_".length()), span.getStartTimeUnixNano(),
				Duration.ofNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()), failed,
				detail(span, attributes, failed));
	}

	/**
	 * The name, and for a call over HTTP, whose name is only the method, where it went:
	 * without query, which can carry secrets.
	 */
	private static String name(Span span, Map<String, String> attributes) {
		String url = attributes.getOrDefault("url.full", "");
		boolean bare = span.getName().equals(attributes.get("http.request.method"));
		return bare ? (span.getName() + " " + url.replaceFirst("^\\w+://", "").replaceFirst("[?#].*", "")).trim()
				: span.getName();
	}

	private static String detail(Span span, Map<String, String> attributes, boolean failed) {
		String status = attributes.getOrDefault("http.response.status_code", "");
		String message = span.getStatus().getMessage();
		String reason = message.isEmpty() ? attributes.getOrDefault("error.type", "") : message;
		return (failed && !reason.equals(status)) ? (status + " " + reason).trim() : status;
	}

	private static String text(KeyValue attribute) {
		AnyValue value = attribute.getValue();
		return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	boolean isRoot() {
		return this.parentId.isEmpty();
	}

}
