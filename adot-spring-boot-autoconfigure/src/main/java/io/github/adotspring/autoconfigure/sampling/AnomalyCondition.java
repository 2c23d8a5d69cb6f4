package io.github.adotspring.autoconfigure.sampling;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * Something that makes a span an anomaly. All that it names has to be so.
 *
 * @param status status codes of HTTP, {@code null} for any span
 * @param latencyMillis the least duration, {@code null} for any
 * @param operations operations of the service, empty for all
 * @param use what the anomaly is good for
 */
record AnomalyCondition(@Nullable Pattern status, @Nullable Integer latencyMillis, Set<String> operations,
		AnomalyUse use) {

	boolean matches(ReadableSpan span) {
		return matchesLatency(span) && matchesStatus(span) && matchesOperation(span);
	}

	private boolean matchesLatency(ReadableSpan span) {
		return this.latencyMillis == null
				|| span.getLatencyNanos() >= TimeUnit.MILLISECONDS.toNanos(this.latencyMillis);
	}

	private boolean matchesStatus(ReadableSpan span) {
		if (this.status == null) {
			return true;
		}
		Long code = SpanOutcome.httpStatus(span);
		return code != null && this.status.matcher(code.toString()).matches();
	}

	private boolean matchesOperation(ReadableSpan span) {
		return this.operations.isEmpty() || SpanOperation.namesOf(span).anyMatch(this.operations::contains);
	}

}
