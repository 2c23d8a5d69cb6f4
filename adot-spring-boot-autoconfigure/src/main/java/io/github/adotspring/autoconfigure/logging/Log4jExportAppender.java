package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.logging.LoggingProperties.Capture;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.log4j.appender.v2_17.OpenTelemetryAppender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Upstream's appender in one of ours, which no configuration of Log4j2 knows and stops.
 */
final class Log4jExportAppender extends AbstractAppender {

	static final String NAME = "adotExport";

	private final OpenTelemetryAppender exported;

	private final EarlyRecords early;

	Log4jExportAppender(Capture settings) {
		super(NAME, null, null, true, Property.EMPTY_ARRAY);
		this.early = new EarlyRecords(settings.bufferSize());
		this.exported = create(settings);
		this.exported.start();
	}

	private static OpenTelemetryAppender create(Capture settings) {
		OpenTelemetryAppender.Builder<?> builder = OpenTelemetryAppender.builder();
		builder.setName(NAME);
		builder.setCaptureExperimentalAttributes(settings.thread());
		builder.setCaptureCodeAttributes(settings.code());
		builder.setCaptureMarkerAttribute(settings.markers());
		builder.setCaptureMapMessageAttributes(settings.keyValues());
		builder.setCaptureContextDataAttributes(String.join(",", settings.mdc()));
		builder.setNumLogsCapturedBeforeOtelInstall(settings.bufferSize());
		return builder.build();
	}

	@Override
	public void append(LogEvent event) {
		if (!OwnRecords.contain(event.getLoggerName(), event.getThreadName()) && this.early.accept()) {
			this.exported.append(event);
		}
	}

	void send(OpenTelemetry openTelemetry) {
		this.exported.setOpenTelemetry(openTelemetry);
		this.early.end();
	}

}
