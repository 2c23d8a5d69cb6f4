package io.github.adotspring.autoconfigure.logging;

import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.MDCAdapter;

/**
 * What the events of a Logback context ask for their MDC, and only they: SLF4J's own
 * {@code MDC} stays with the adapter that is asked here. An event asks once, in the
 * thread that logs, whichever logger and appender it is for. An appender of ours would
 * have to be the first of every logger.
 */
final class CorrelatedMdcAdapter extends LogbackMDCAdapter {

	private final MDCAdapter mdc;

	private final CorrelationIds ids;

	CorrelatedMdcAdapter(MDCAdapter mdc, CorrelationIds ids) {
		this.mdc = mdc;
		this.ids = ids;
	}

	/**
	 * The adapter without correlation.
	 */
	MDCAdapter mdc() {
		return this.mdc;
	}

	@Override
	public Map<String, String> getPropertyMap() {
		Map<String, String> entries = (this.mdc instanceof LogbackMDCAdapter logback) ? logback.getPropertyMap()
				: this.mdc.getCopyOfContextMap();
		return this.ids.behind((entries != null) ? entries : Collections.emptyMap());
	}

	@Override
	public @Nullable Set<String> getKeys() {
		return (this.mdc instanceof LogbackMDCAdapter logback) ? logback.getKeys() : super.getKeys();
	}

	@Override
	public void put(String key, @Nullable String value) {
		this.mdc.put(key, value);
	}

	@Override
	public @Nullable String get(String key) {
		return this.mdc.get(key);
	}

	@Override
	public void remove(String key) {
		this.mdc.remove(key);
	}

	@Override
	public void clear() {
		this.mdc.clear();
	}

	@Override
	public @Nullable Map<String, String> getCopyOfContextMap() {
		return this.mdc.getCopyOfContextMap();
	}

	@Override
	@SuppressWarnings({ "rawtypes", "unchecked" }) // as Logback declares it
	public void setContextMap(Map entries) {
		this.mdc.setContextMap(entries);
	}

	@Override
	public void pushByKey(String key, String value) {
		this.mdc.pushByKey(key, value);
	}

	@Override
	public @Nullable String popByKey(String key) {
		return this.mdc.popByKey(key);
	}

	@Override
	public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
		return this.mdc.getCopyOfDequeByKey(key);
	}

	@Override
	public void clearDequeByKey(String key) {
		this.mdc.clearDequeByKey(key);
	}

}
