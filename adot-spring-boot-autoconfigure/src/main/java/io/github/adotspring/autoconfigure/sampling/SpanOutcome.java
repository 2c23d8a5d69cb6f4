package io.github.adotspring.autoconfigure.sampling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * How what a span stands for has ended.
 */
final class SpanOutcome {

	private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

	private static final AttributeKey<Long> OLD_STATUS = AttributeKey.longKey("http.status_code");

	private static final int SERVER_ERROR = 500;

	private SpanOutcome() {
	}

	/**
	 * Status code of HTTP, {@code null} if there is none.
	 */
	static @Nullable Long httpStatus(ReadableSpan span) {
		Long status = span.getAttribute(STATUS);
		return (status != null) ? status : span.getAttribute(OLD_STATUS);
	}

	/**
	 * Whether the service failed: by the status code, else by the status of the span.
	 */
	static boolean isFault(ReadableSpan span) {
		Long status = httpStatus(span);
		return (status != null) ? status >= SERVER_ERROR
				: span.toSpanData().getStatus().getStatusCode() == StatusCode.ERROR;
	}

}
