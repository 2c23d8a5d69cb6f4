package io.github.adotspring.autoconfigure.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;

/**
 * Upstream's appender in one of ours, which a reset of Logback stops while upstream's
 * keeps its records. Upstream's own code does not find it here, to configure it anew.
 */
final class LogbackExportAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	static final String NAME = "adotExport";

	private final OpenTelemetryAppender exported = new OpenTelemetryAppender();

	private final EarlyRecords early;

	LogbackExportAppender(Context context, Capture settings) {
		this.early = new EarlyRecords(settings.bufferSize());
		setContext(context);
		setName(NAME);
		this.exported.setContext(context);
		this.exported.setName(NAME);
		this.exported.setCaptureExperimentalAttributes(settings.thread());
		this.exported.setCaptureCodeAttributes(settings.code());
		this.exported.setCaptureMarkerAttribute(settings.markers());
		this.exported.setCaptureKeyValuePairAttributes(settings.keyValues());
		this.exported.setCaptureArguments(settings.arguments());
		this.exported.setCaptureTemplate(settings.arguments());
		this.exported.setCaptureMdcAttributes(String.join(",", settings.mdc()));
		this.exported.setNumLogsCapturedBeforeOtelInstall(settings.bufferSize());
		this.exported.start();
	}

	// Not append: upstream's appender looks after recursion, which costs enough once.
	@Override
	public void doAppend(ILoggingEvent event) {
		if (isStarted() && !OwnRecords.contain(event.getLoggerName(), event.getThreadName()) && this.early.accept()) {
			this.exported.doAppend(event);
		}
	}

	@Override
	protected void append(ILoggingEvent event) {
		doAppend(event);
	}

	void send(OpenTelemetry openTelemetry) {
		this.exported.setOpenTelemetry(openTelemetry);
		this.early.end();
	}

}
