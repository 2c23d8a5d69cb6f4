package io.github.adotspring.autoconfigure.otlp;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;

/**
 * Writes the values of attributes as text, for destinations whose labels or dimensions
 * are text: a string as it is, anything else as JSON.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/common/#anyvalue-representation-for-non-otlp-protocols">Attributes
 * in other protocols</a>
 */
public final class AttributeText {

	private AttributeText() {
	}

	/**
	 * Write attributes.
	 * @param attributes the attributes; of two with the same key the first counts
	 * @return their values by key, sorted
	 */
	public static SortedMap<String, String> of(List<KeyValue> attributes) {
		SortedMap<String, String> texts = new TreeMap<>();
		attributes.forEach((attribute) -> texts.putIfAbsent(attribute.getKey(), of(attribute.getValue())));
		return Collections.unmodifiableSortedMap(texts);
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return its text, empty if there is no value
	 */
	public static String of(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BYTES_VALUE -> base64(value);
			case DOUBLE_VALUE -> JsonText.number(value.getDoubleValue());
			default -> json(value);
		};
	}

	/**
	 * Write a value as JSON. A number that JSON has no form for becomes a string, and so
	 * do bytes, in base64.
	 * @param value the value
	 * @return its JSON, {@code null} in words if there is no value
	 */
	public static String toJson(AnyValue value) {
		return orNull(json(value));
	}

	/**
	 * Write attributes as an object of JSON.
	 * @param attributes the attributes
	 * @return the object
	 */
	public static String toJson(List<KeyValue> attributes) {
		return object(attributes);
	}

	private static String json(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> JsonText.quote(value.getStringValue());
			case BOOL_VALUE -> String.valueOf(value.getBoolValue());
			case INT_VALUE -> String.valueOf(value.getIntValue());
			case DOUBLE_VALUE -> json(value.getDoubleValue());
			case ARRAY_VALUE -> value.getArrayValue()
				.getValuesList()
				.stream()
				.map((element) -> orNull(json(element)))
				.collect(Collectors.joining(",", "[", "]"));
			case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
			case BYTES_VALUE -> JsonText.quote(base64(value));
			default -> "";
		};
	}

	private static String json(double value) {
		String number = JsonText.number(value);
		return Double.isFinite(value) ? number : JsonText.quote(number);
	}

	private static String object(List<KeyValue> members) {
		return members.stream()
			.map((member) -> JsonText.quote(member.getKey()) + ":" + orNull(json(member.getValue())))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String orNull(String json) {
		return json.isEmpty() ? "null" : json;
	}

	private static String base64(AnyValue value) {
		return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
	}

}
