package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves {@link OwnRecords} out of an appender of the application's configuration.
 */
final class LogbackOwnRecordsFilter extends Filter<ILoggingEvent> {

	@Override
	public FilterReply decide(ILoggingEvent event) {
		return OwnRecords.contain(event.getLoggerName(), event.getThreadName()) ? FilterReply.DENY
				: FilterReply.NEUTRAL;
	}

}
