package io.github.adotspring.autoconfigure.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/**
 * An appender that keeps events as those that write later keep them: with what their MDC
 * was when they were logged.
 */
public final class LoggedEvents extends AppenderBase<ILoggingEvent> {

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	/**
	 * The events so far.
	 */
	public List<ILoggingEvent> events() {
		return this.events;
	}

	/**
	 * The MDC of the only event so far.
	 */
	public Map<String, String> onlyMdc() {
		if (this.events.size() != 1) {
			throw new AssertionError("Not one event but " + this.events);
		}
		return this.events.get(0).getMDCPropertyMap();
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.prepareForDeferredProcessing();
		this.events.add(event);
	}

}
