package io.github.adotspring.autoconfigure.logging;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Captures the records of Logback with an appender at its root, or with those that the
 * application's own configuration has for the purpose.
 */
final class LogbackCapture implements CapturedFramework {

	private final LogbackChanges changes = new LogbackChanges(this::restore);

	private @Nullable Capture settings;

	private @Nullable LogbackExportAppender appender;

	private @Nullable OpenTelemetry openTelemetry;

	@Override
	public String instrumentation() {
		return "logback-appender";
	}

	@Override
	public String keyValuesProperty() {
		return ".capture-key-value-pair-attributes";
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

	@Override
	public synchronized void restore() {
		if (this.settings == null || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
			return;
		}
		this.changes.listen(context);
		List<OpenTelemetryAppender> configured = LogbackAppenders.find(context, OpenTelemetryAppender.class);
		if (configured.isEmpty()) {
			restoreOurs(context, this.settings);
		}
		else {
			removeOurs();
			configured.forEach(this::use);
		}
	}

	private void restoreOurs(LoggerContext context, Capture settings) {
		LogbackExportAppender appender = this.appender;
		if (appender == null || appender.getContext() != context) {
			appender = new LogbackExportAppender(context, settings);
			this.appender = appender;
		}
		if (this.openTelemetry != null) {
			appender.send(this.openTelemetry);
		}
		appender.start();
		if (!LogbackAppenders.find(context, LogbackExportAppender.class).contains(appender)) {
			context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
		}
	}

	private void use(OpenTelemetryAppender configured) {
		if (configured.getCopyOfAttachedFiltersList().stream().noneMatch(LogbackOwnRecordsFilter.class::isInstance)) {
			configured.addFilter(new LogbackOwnRecordsFilter());
		}
		if (this.openTelemetry != null) {
			configured.setOpenTelemetry(this.openTelemetry);
		}
	}

	private void removeOurs() {
		if (this.appender != null && this.appender.getContext() instanceof LoggerContext context) {
			context.getLoggerList().forEach((logger) -> logger.detachAppender(this.appender));
			this.appender.stop();
		}
		this.appender = null;
	}

	@Override
	public synchronized void detach() {
		removeOurs();
		this.settings = null;
		this.openTelemetry = null;
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			this.changes.ignore(context);
			LogbackAppenders.find(context, OpenTelemetryAppender.class)
				.forEach((configured) -> configured.setOpenTelemetry(OpenTelemetry.noop()));
		}
	}

}
