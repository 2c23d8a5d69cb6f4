package io.github.adotspring.autoconfigure.console;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;

/**
 * What the console shows of a log record.
 *
 * @param traceId trace id in hexadecimal digits, empty outside of a trace
 * @param spanId span id in hexadecimal digits, empty outside of a trace
 * @param service name of the service
 * @param logger name of the logger
 * @param time when it was, in nanoseconds since the epoch
 * @param severityNumber severity as a number, 0 if there is none
 * @param severity severity in words
 * @param body what was said
 * @param attributes text by name
 * @param cut whether something of it is left out
 */
record ConsoleRecord(String traceId, String spanId, String service, String logger, long time, int severityNumber,
		String severity, String body, Map<String, String> attributes, boolean cut) {

	/**
	 * Decode a record.
	 * @param maxChars the most characters of body and attributes
	 */
	static ConsoleRecord of(String service, String logger, LogRecord record, int maxChars) {
		Text text = new Text(maxChars);
		String body = text.take(AttributeText.of(record.getBody()));
		Map<String, String> attributes = new LinkedHashMap<>();
		for (KeyValue attribute : record.getAttributesList()) {
			String name = text.take(attribute.getKey());
			String value = text.take(AttributeText.of(attribute.getValue()));
			if (!name.isEmpty()) {
				attributes.putIfAbsent(name, value);
			}
		}
		long time = (record.getTimeUnixNano() != 0) ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
		HexFormat hex = HexFormat.of();
		return new ConsoleRecord(hex.formatHex(record.getTraceId().toByteArray()),
				hex.formatHex(record.getSpanId().toByteArray()), service, logger, time, record.getSeverityNumberValue(),
				record.getSeverityText(), body, attributes, text.cut);
	}

	/**
	 * So much text as there is room for.
	 */
	private static final class Text {

		private int room;

		private boolean cut;

		Text(int room) {
			this.room = room;
		}

		String take(String text) {
			if (text.length() > this.room) {
				this.cut = true;
			}
			String taken = text.substring(0, Math.min(text.length(), this.room));
			this.room -= taken.length();
			return taken;
		}

	}

}
