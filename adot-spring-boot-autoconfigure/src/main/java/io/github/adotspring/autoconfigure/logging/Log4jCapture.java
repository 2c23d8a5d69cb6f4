package io.github.adotspring.autoconfigure.logging;

import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.util.List;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.log4j.appender.v2_17.OpenTelemetryAppender;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Captures the records of Log4j2 with an appender at its root, or with those that the
 * application's own configuration has for the purpose.
 */
final class Log4jCapture implements CapturedFramework, PropertyChangeListener {

	private @Nullable Capture settings;

	private @Nullable Log4jExportAppender appender;

	private @Nullable OpenTelemetry openTelemetry;

	@Override
	public String instrumentation() {
		return "log4j-appender";
	}

	@Override
	public String keyValuesProperty() {
		return ".capture-map-message-attributes";
	}

	@Override
	public synchronized void attach(Capture settings) {
		if (!settings.equals(this.settings)) {
			removeOurs();
			this.settings = settings;
		}
		restore();
	}

	@Override
	public synchronized void send(OpenTelemetry openTelemetry) {
		this.openTelemetry = openTelemetry;
		restore();
	}

	/**
	 * There is another configuration.
	 */
	@Override
	public void propertyChange(PropertyChangeEvent event) {
		if (LoggerContext.PROPERTY_CONFIG.equals(event.getPropertyName())) {
			restore();
		}
	}

	@Override
	public synchronized void restore() {
		LoggerContext context = context();
		if (this.settings == null || context == null) {
			return;
		}
		context.removePropertyChangeListener(this);
		context.addPropertyChangeListener(this);
		List<OpenTelemetryAppender> configured = configured(context);
		if (configured.isEmpty()) {
			restoreOurs(context, this.settings);
		}
		else {
			removeOurs();
			configured.forEach(this::use);
		}
	}

	private void restoreOurs(LoggerContext context, Capture settings) {
		Log4jExportAppender appender = this.appender;
		if (appender == null) {
			appender = new Log4jExportAppender(settings);
			appender.start();
			this.appender = appender;
		}
		if (this.openTelemetry != null) {
			appender.send(this.openTelemetry);
		}
		LoggerConfig root = context.getConfiguration().getRootLogger();
		if (!root.getAppenders().containsValue(appender)) {
			root.addAppender(appender, null, null);
		}
	}

	private void use(OpenTelemetryAppender configured) {
		if (!Log4jFilters.contains(configured.getFilter(), Log4jOwnRecordsFilter.class)) {
			configured.addFilter(new Log4jOwnRecordsFilter());
		}
		if (this.openTelemetry != null) {
			configured.setOpenTelemetry(this.openTelemetry);
		}
	}

	private void removeOurs() {
		LoggerContext context = context();
		if (this.appender != null && context != null) {
			context.getConfiguration().getRootLogger().removeAppender(Log4jExportAppender.NAME);
			this.appender.stop();
		}
		this.appender = null;
	}

	@Override
	public synchronized void detach() {
		removeOurs();
		this.settings = null;
		this.openTelemetry = null;
		LoggerContext context = context();
		if (context != null) {
			context.removePropertyChangeListener(this);
			configured(context).forEach((configured) -> configured.setOpenTelemetry(OpenTelemetry.noop()));
		}
	}

	private static List<OpenTelemetryAppender> configured(LoggerContext context) {
		return context.getConfiguration()
			.getAppenders()
			.values()
			.stream()
			.filter(OpenTelemetryAppender.class::isInstance)
			.map(OpenTelemetryAppender.class::cast)
			.toList();
	}

	/**
	 * The context that Spring Boot configures, {@code null} if Log4j2 only passes records
	 * on.
	 */
	private static @Nullable LoggerContext context() {
		return (LogManager.getContext(false) instanceof LoggerContext context) ? context : null;
	}

}
