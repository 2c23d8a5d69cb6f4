package io.github.adotspring.autoconfigure.sampling;

import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.ReadableSpan;

/**
 * The operation of a service that a span belongs to: what Application Signals says, and
 * without it the name of the span, or the method and the first part of the path, of a
 * request that the service answers.
 */
final class SpanOperation {

	private static final AttributeKey<String> LOCAL_OPERATION = AttributeKey.stringKey("aws.local.operation");

	private SpanOperation() {
	}

	/**
	 * The names that people have for it, none for a span of no operation.
	 */
	static Stream<String> namesOf(ReadableSpan span) {
		String operation = span.getAttribute(LOCAL_OPERATION);
		if (operation != null) {
			return Stream.of(operation);
		}
		if (span.getKind() != SpanKind.SERVER && span.getKind() != SpanKind.CONSUMER) {
			return Stream.empty();
		}
		SpanRequest request = new SpanRequest(span.getAttributes());
		return (request.method() != null) ? Stream.of(span.getName(), request.method() + " " + firstPart(request))
				: Stream.of(span.getName());
	}

	private static String firstPart(SpanRequest request) {
		String path = request.path();
		if (path == null || path.isEmpty()) {
			return "/";
		}
		int end = path.indexOf('/', 1);
		return (end > 0) ? path.substring(0, end) : path;
	}

}
