package io.github.adotspring.autoconfigure.tracing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;

/**
 * Takes credentials out of the URLs of spans, whichever instrumentation made them, before
 * anything leaves the SDK.
 */
final class RedactingSpanExporter implements SpanExporter {

	private static final Map<AttributeKey<String>, BiFunction<UrlRedaction, String, String>> URLS = Map.of(
			AttributeKey.stringKey("url.full"), UrlRedaction::ofUrl, AttributeKey.stringKey("url.query"),
			UrlRedaction::ofQuery, AttributeKey.stringKey("http.url"), UrlRedaction::ofUrl,
			AttributeKey.stringKey("http.target"), UrlRedaction::ofUrl);

	private final UrlRedaction redaction;

	private final SpanExporter delegate;

	RedactingSpanExporter(UrlRedaction redaction, SpanExporter delegate) {
		this.redaction = redaction;
		this.delegate = delegate;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		List<SpanData> redacted = new ArrayList<>(spans.size());
		spans.forEach((span) -> redacted.add(redact(span)));
		return this.delegate.export(redacted);
	}

	private SpanData redact(SpanData span) {
		Attributes original = span.getAttributes();
		AttributesBuilder attributes = null;
		for (Map.Entry<AttributeKey<String>, BiFunction<UrlRedaction, String, String>> url : URLS.entrySet()) {
			String value = original.get(url.getKey());
			String redacted = (value != null) ? url.getValue().apply(this.redaction, value) : null;
			if (redacted != null && !redacted.equals(value)) {
				attributes = (attributes != null) ? attributes : original.toBuilder();
				attributes.put(url.getKey(), redacted);
			}
		}
		return (attributes != null) ? new RedactedSpan(span, attributes.build()) : span;
	}

	@Override
	public CompletableResultCode flush() {
		return this.delegate.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

	private static final class RedactedSpan extends DelegatingSpanData {

		private final Attributes attributes;

		RedactedSpan(SpanData span, Attributes attributes) {
			super(span);
			this.attributes = attributes;
		}

		@Override
		public Attributes getAttributes() {
			return this.attributes;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

}
