package io.github.adotspring.autoconfigure.logging;

import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Entries of an MDC with the ids of a span behind them, which are made when they are
 * asked for: each event has such a map, and few are read.
 */
final class CorrelatedMdc extends AbstractMap<String, String> implements Serializable {

	private final transient Map<String, String> mdc;

	private final transient CorrelationIds ids;

	private final transient SpanContext span;

	private transient volatile @Nullable Map<String, String> entries;

	CorrelatedMdc(Map<String, String> mdc, CorrelationIds ids, SpanContext span) {
		this.mdc = mdc;
		this.ids = ids;
		this.span = span;
	}

	@Override
	public @Nullable String get(Object key) {
		String value = this.mdc.get(key);
		return (value != null) ? value : this.ids.get(key, this.span);
	}

	@Override
	public boolean containsKey(Object key) {
		return this.mdc.containsKey(key) || this.ids.get(key, this.span) != null;
	}

	@Override
	public boolean isEmpty() {
		return false;
	}

	@Override
	public Set<Entry<String, String>> entrySet() {
		return entries().entrySet();
	}

	private Map<String, String> entries() {
		Map<String, String> entries = this.entries;
		if (entries == null) {
			Map<String, String> all = new LinkedHashMap<>(this.mdc);
			this.ids.addTo(all, this.span);
			entries = Collections.unmodifiableMap(all);
			this.entries = entries;
		}
		return entries;
	}

	@Serial
	private Object writeReplace() {
		return new LinkedHashMap<>(entries());
	}

}
