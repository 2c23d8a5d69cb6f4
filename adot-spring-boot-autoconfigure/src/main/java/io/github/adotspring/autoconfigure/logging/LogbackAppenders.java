package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;

/**
 * The appenders of a configuration of Logback, also those inside of others.
 */
final class LogbackAppenders {

	private LogbackAppenders() {
	}

	static <T extends Appender<ILoggingEvent>> List<T> find(LoggerContext context, Class<T> type) {
		List<T> found = new ArrayList<>();
		for (Logger logger : context.getLoggerList()) {
			collect(logger, type, found);
		}
		return found;
	}

	private static <T extends Appender<ILoggingEvent>> void collect(AppenderAttachable<ILoggingEvent> owner,
			Class<T> type, List<T> found) {
		for (Iterator<Appender<ILoggingEvent>> appenders = owner.iteratorForAppenders(); appenders.hasNext();) {
			Appender<ILoggingEvent> appender = appenders.next();
			if (type.isInstance(appender) && !found.contains(type.cast(appender))) {
				found.add(type.cast(appender));
			}
			if (appender instanceof AppenderAttachable<?> attachable) {
				collect(events(attachable), type, found);
			}
		}
	}

	// Appenders of loggers take the events of Logback Classic, whatever they are made of.
	@SuppressWarnings("unchecked")
	private static AppenderAttachable<ILoggingEvent> events(AppenderAttachable<?> appender) {
		return (AppenderAttachable<ILoggingEvent>) appender;
	}

}
