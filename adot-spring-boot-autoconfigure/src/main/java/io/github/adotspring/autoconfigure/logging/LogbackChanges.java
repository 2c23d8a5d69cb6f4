package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEvent.EventType;
import ch.qos.logback.core.spi.ConfigurationEventListener;

/**
 * Notices when Logback lost its appenders, and when it got others from a file.
 */
final class LogbackChanges implements LoggerContextListener, ConfigurationEventListener {

	private final Runnable whenChanged;

	LogbackChanges(Runnable whenChanged) {
		this.whenChanged = whenChanged;
	}

	/**
	 * Listen, if that is not so already. A context that was stopped forgets one kind of
	 * listeners and not the other.
	 */
	void listen(LoggerContext context) {
		if (!context.getCopyOfListenerList().contains(this)) {
			context.removeConfigurationEventListener(this);
			context.addConfigurationEventListener(this);
			context.addListener(this);
		}
	}

	void ignore(LoggerContext context) {
		context.removeConfigurationEventListener(this);
		context.removeListener(this);
	}

	@Override
	public void listen(ConfigurationEvent event) {
		if (event.getEventType() == EventType.CONFIGURATION_ENDED_SUCCESSFULLY) {
			this.whenChanged.run();
		}
	}

	@Override
	public void onReset(LoggerContext context) {
		this.whenChanged.run();
	}

	@Override
	public boolean isResetResistant() {
		return true;
	}

	@Override
	public void onStart(LoggerContext context) {
	}

	@Override
	public void onStop(LoggerContext context) {
	}

	@Override
	public void onLevelChange(Logger logger, Level level) {
	}

}
