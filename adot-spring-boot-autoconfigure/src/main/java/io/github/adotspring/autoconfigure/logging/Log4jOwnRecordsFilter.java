package io.github.adotspring.autoconfigure.logging;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Leaves {@link OwnRecords} out of an appender of the application's configuration.
 */
final class Log4jOwnRecordsFilter extends AbstractFilter {

	@Override
	public Result filter(LogEvent event) {
		return OwnRecords.contain(event.getLoggerName(), event.getThreadName()) ? Result.DENY : Result.NEUTRAL;
	}

}
