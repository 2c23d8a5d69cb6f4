package io.github.adotspring.autoconfigure.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.util.ContextDataProvider;
import org.jspecify.annotations.Nullable;

/**
 * Correlation of the events of Log4j2, which asks every provider when it makes an event.
 * It finds and makes this one by itself, before there is a Spring environment and for all
 * of the JVM; that is why the ids to supply are static.
 */
public final class Log4jCorrelation implements ContextDataProvider {

	private static final AtomicReference<@Nullable CorrelationIds> ids = new AtomicReference<>();

	/**
	 * For Log4j2.
	 */
	public Log4jCorrelation() {
	}

	/**
	 * Gives events these ids from now on.
	 * @param ids the ids, {@code null} for none
	 */
	static void apply(@Nullable CorrelationIds ids) {
		Log4jCorrelation.ids.set(ids);
	}

	@Override
	public Map<String, String> supplyContextData() {
		CorrelationIds current = ids.get();
		SpanContext span = Span.current().getSpanContext();
		if (current == null || !span.isValid()) {
			return Map.of();
		}
		Map<String, String> supplied = new LinkedHashMap<>();
		current.addTo(supplied, span);
		// What is supplied would replace what the application has put there.
		if (!ThreadContext.isEmpty()) {
			supplied.keySet().removeIf(ThreadContext::containsKey);
		}
		return supplied;
	}

}
