package io.github.adotspring.autoconfigure.tracing;

import java.util.Map;
import java.util.function.BiFunction;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

/**
 * A span without the credentials that were in its URLs.
 */
final class RedactedSpan extends DelegatingSpanData {

	private static final Map<AttributeKey<String>, BiFunction<UrlRedaction, String, String>> URLS = Map.of(
			AttributeKey.stringKey("url.full"), UrlRedaction::ofUrl, AttributeKey.stringKey("url.query"),
			UrlRedaction::ofQuery, AttributeKey.stringKey("http.url"), UrlRedaction::ofUrl,
			AttributeKey.stringKey("http.target"), UrlRedaction::ofUrl);

	private final Attributes attributes;

	private RedactedSpan(SpanData span, Attributes attributes) {
		super(span);
		this.attributes = attributes;
	}

	/**
	 * The span itself, unless there is something to redact.
	 */
	static SpanData of(SpanData span, UrlRedaction redaction) {
		Attributes original = span.getAttributes();
		AttributesBuilder attributes = null;
		for (Map.Entry<AttributeKey<String>, BiFunction<UrlRedaction, String, String>> url : URLS.entrySet()) {
			String value = original.get(url.getKey());
			String redacted = (value != null) ? url.getValue().apply(redaction, value) : null;
			if (redacted != null && !redacted.equals(value)) {
				attributes = (attributes != null) ? attributes : original.toBuilder();
				attributes.put(url.getKey(), redacted);
			}
		}
		return (attributes != null) ? new RedactedSpan(span, attributes.build()) : span;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

}
