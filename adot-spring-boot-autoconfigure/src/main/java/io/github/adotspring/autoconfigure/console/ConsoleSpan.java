package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

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
 * @param message message of its status
 */
record ConsoleSpan(String traceId, String spanId, String parentId, boolean remoteParent, String service, String name,
		String kind, long start, Duration duration, boolean failed, String message) {

	/**
	 * Set in the flags of a span that says whether its parent is remote, and set if it
	 * is.
	 */
	private static final int REMOTE_PARENT = 0x300;

	static ConsoleSpan of(String service, Span span) {
		return new ConsoleSpan(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
				(span.getFlags() & REMOTE_PARENT) == REMOTE_PARENT, service, span.getName(),
				span.getKind().name().substring("SPAN_KIND_".length()), span.getStartTimeUnixNano(),
				Duration.ofNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()),
				span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getMessage());
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	boolean isRoot() {
		return this.parentId.isEmpty();
	}

}
