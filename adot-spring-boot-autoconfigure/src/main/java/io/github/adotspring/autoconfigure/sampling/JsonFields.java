package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The members of an object of JSON. A member that is not there or {@code null} is
 * missing; one of another type, or out of its range, is an error that names it.
 */
final class JsonFields {

	/** The last second of the year 9999. */
	private static final double MAX_SECONDS = 253_402_300_799.0;

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final Map<String, JsonNode> members;

	private JsonFields(Map<String, JsonNode> members) {
		this.members = members;
	}

	/**
	 * Read any JSON.
	 * @throws IOException if the text is none; it does not quote the text
	 */
	static JsonNode parse(String text, String source) throws IOException {
		String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
		try {
			// In a list, since the parser does not look at what comes after a value.
			List<JsonNode> values = JsonNode.parser().parse("[" + json + "\n]").asArray();
			if (values.size() == 1) {
				return values.get(0);
			}
		}
		catch (RuntimeException ex) {
			// Told below: the message of the parser quotes the text.
		}
		throw new IOException(source + " is not JSON");
	}

	static JsonFields of(JsonNode node, String source) throws IOException {
		if (!node.isObject()) {
			throw new IOException(source + " is not an object");
		}
		return new JsonFields(node.asObject());
	}

	boolean has(String name) {
		return member(name) != null;
	}

	@Nullable String text(String name) throws IOException {
		JsonNode member = member(name);
		if (member == null) {
			return null;
		}
		if (!member.isString()) {
			throw new IOException(name + " is not text");
		}
		return member.asString();
	}

	String text(String name, String missing) throws IOException {
		String text = text(name);
		return (text != null) ? text : missing;
	}

	boolean isTrue(String name) throws IOException {
		JsonNode member = member(name);
		if (member != null && !member.isBoolean()) {
			throw new IOException(name + " is neither true nor false");
		}
		return member != null && member.asBoolean();
	}

	@Nullable Double rate(String name) throws IOException {
		return number(name, 0, 1);
	}

	@Nullable Integer whole(String name, int min, int max) throws IOException {
		Double number = number(name, min, max);
		if (number != null && Math.rint(number) != number) {
			throw new IOException(name + " is not a whole number");
		}
		return (number != null) ? number.intValue() : null;
	}

	/**
	 * A time in seconds since 1970, with a fraction or without.
	 */
	@Nullable Instant time(String name) throws IOException {
		Double seconds = number(name, 0, MAX_SECONDS);
		return (seconds != null) ? Instant.ofEpochMilli(Math.round(seconds * 1000)) : null;
	}

	@Nullable JsonFields object(String name) throws IOException {
		JsonNode member = member(name);
		return (member != null) ? of(member, name) : null;
	}

	/**
	 * The elements of a list, none if it is missing.
	 */
	List<JsonNode> list(String name) throws IOException {
		JsonNode member = member(name);
		if (member == null) {
			return List.of();
		}
		if (!member.isArray()) {
			throw new IOException(name + " is not a list");
		}
		return member.asArray();
	}

	/**
	 * All members, each of which has to be text.
	 */
	Map<String, String> texts() throws IOException {
		Map<String, String> texts = new LinkedHashMap<>();
		for (String name : this.members.keySet()) {
			texts.put(name, required(name, text(name)));
		}
		return texts;
	}

	static <T> T required(String name, @Nullable T value) throws IOException {
		if (value == null) {
			throw new IOException(name + " is missing");
		}
		return value;
	}

	private @Nullable Double number(String name, double min, double max) throws IOException {
		JsonNode member = member(name);
		if (member == null) {
			return null;
		}
		if (!member.isNumber()) {
			throw new IOException(name + " is not a number");
		}
		// Not by way of a whole number: 1e999999999 would take all memory.
		double number = Double.parseDouble(member.asNumber());
		if (!(number >= min && number <= max)) {
			throw new IOException(name + " is out of range");
		}
		return number;
	}

	private @Nullable JsonNode member(String name) {
		JsonNode member = this.members.get(name);
		return (member == null || member.isNull()) ? null : member;
	}

}
