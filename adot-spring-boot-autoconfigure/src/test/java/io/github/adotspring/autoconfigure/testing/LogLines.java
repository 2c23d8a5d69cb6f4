package io.github.adotspring.autoconfigure.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What the starter logs during a test, line by line and without what others log.
 */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final @Nullable Level levelBefore;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private LogLines(Logger logger) {
		this.logger = logger;
		this.levelBefore = logger.getLevel();
	}

	/**
	 * Starts to listen to the starter's loggers.
	 */
	public static LogLines listen() {
		LogLines lines = new LogLines((Logger) LoggerFactory.getLogger("io.github.adotspring"));
		lines.start();
		lines.logger.setLevel(Level.INFO);
		lines.logger.setAdditive(false);
		lines.logger.addAppender(lines);
		return lines;
	}

	/**
	 * The lines so far, such as "WARN Traces can't be delivered".
	 */
	public List<String> lines() {
		return this.lines;
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage()
				+ ((event.getThrowableProxy() != null) ? " with " + event.getThrowableProxy().getClassName() : ""));
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.levelBefore);
		stop();
	}

}
