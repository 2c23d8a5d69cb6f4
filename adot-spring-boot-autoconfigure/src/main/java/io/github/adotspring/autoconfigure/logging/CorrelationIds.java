package io.github.adotspring.autoconfigure.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.LogCorrelation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The ids of the current span, as log lines name them. They are asked for when an event
 * is logged and never put into the thread's own MDC, so that none outlives its span.
 */
final class CorrelationIds {

	private static final String KEYS = "otel.instrumentation.common.logging.";

	private final Map<String, Function<SpanContext, String>> ids = new LinkedHashMap<>();

	private CorrelationIds() {
	}

	/**
	 * All ids.
	 */
	static CorrelationIds of(Environment environment) {
		CorrelationIds all = new CorrelationIds();
		all.ids.put(key(environment, "trace-id", "trace_id"), SpanContext::getTraceId);
		all.ids.put(key(environment, "span-id", "span_id"), SpanContext::getSpanId);
		all.ids.put(key(environment, "trace-flags", "trace_flags"), (span) -> span.getTraceFlags().asHex());
		all.ids.put(LogCorrelation.XRAY_KEY, CorrelationIds::xray);
		return all;
	}

	/**
	 * Only the id that upstream's instrumentation doesn't have.
	 */
	static CorrelationIds ofXray() {
		CorrelationIds xray = new CorrelationIds();
		xray.ids.put(LogCorrelation.XRAY_KEY, CorrelationIds::xray);
		return xray;
	}

	/**
	 * Returns entries of an MDC with the ids of the current span behind them. An entry
	 * that is there already wins.
	 */
	Map<String, String> behind(Map<String, String> mdc) {
		SpanContext span = Span.current().getSpanContext();
		return span.isValid() ? new CorrelatedMdc(mdc, this, span) : mdc;
	}

	/**
	 * The id of a span under a key, {@code null} if there is none under it.
	 */
	@Nullable String get(@Nullable Object key, SpanContext span) {
		Function<SpanContext, String> id = this.ids.get(key);
		return (id != null) ? id.apply(span) : null;
	}

	/**
	 * Add the ids of a span to entries that have none under the same key.
	 */
	void addTo(Map<String, String> entries, SpanContext span) {
		this.ids.forEach((key, id) -> entries.computeIfAbsent(key, (absent) -> id.apply(span)));
	}

	private static String xray(SpanContext span) {
		String trace = span.getTraceId();
		return "1-" + trace.substring(0, 8) + "-" + trace.substring(8) + "@" + span.getSpanId();
	}

	private static String key(Environment environment, String name, String defaultKey) {
		String key = environment.getProperty(KEYS + name, "").trim();
		return key.isEmpty() ? defaultKey : key;
	}

}
