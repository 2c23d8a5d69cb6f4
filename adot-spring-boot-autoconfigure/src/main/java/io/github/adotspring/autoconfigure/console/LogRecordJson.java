package io.github.adotspring.autoconfigure.console;

import java.util.HexFormat;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;

/**
 * A log record as one line of JSON, with the fields under which CloudWatch Logs keeps
 * those that it gets over OTLP.
 */
final class LogRecordJson {

	private LogRecordJson() {
	}

	/**
	 * What all records of a resource begin with.
	 */
	static String resource(ResourceLogs resource) {
		return "{\"resource\":{\"attributes\":%s%s}".formatted(
				AttributeText.toJson(resource.getResource().getAttributesList()), schemaUrl(resource.getSchemaUrl()));
	}

	/**
	 * What all records of a scope go on with.
	 */
	static String scope(ScopeLogs logs) {
		InstrumentationScope scope = logs.getScope();
		StringBuilder json = new StringBuilder(",\"scope\":{\"name\":").append(JsonText.quote(scope.getName()));
		if (!scope.getVersion().isEmpty()) {
			json.append(",\"version\":").append(JsonText.quote(scope.getVersion()));
		}
		if (scope.getAttributesCount() > 0) {
			json.append(",\"attributes\":").append(AttributeText.toJson(scope.getAttributesList()));
		}
		return json.append(schemaUrl(logs.getSchemaUrl())).append('}').toString();
	}

	/**
	 * The record itself, up to the end of the object.
	 */
	static String record(LogRecord record) {
		StringBuilder json = new StringBuilder();
		number(json, "timeUnixNano", Long.toUnsignedString(record.getTimeUnixNano()));
		number(json, "observedTimeUnixNano", Long.toUnsignedString(record.getObservedTimeUnixNano()));
		number(json, "severityNumber", Integer.toString(record.getSeverityNumberValue()));
		text(json, "severityText", record.getSeverityText());
		if (!record.getEventName().isEmpty()) {
			text(json, "eventName", record.getEventName());
		}
		json.append(",\"body\":").append(AttributeText.toJson(record.getBody()));
		json.append(",\"attributes\":").append(AttributeText.toJson(record.getAttributesList()));
		number(json, "flags", Integer.toUnsignedString(record.getFlags()));
		text(json, "traceId", hex(record.getTraceId()));
		text(json, "spanId", hex(record.getSpanId()));
		return json.append('}').toString();
	}

	private static String schemaUrl(String url) {
		return url.isEmpty() ? "" : ",\"schemaUrl\":" + JsonText.quote(url);
	}

	private static void number(StringBuilder json, String name, String value) {
		json.append(",\"").append(name).append("\":").append(value);
	}

	private static void text(StringBuilder json, String name, String value) {
		number(json, name, JsonText.quote(value));
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

}
