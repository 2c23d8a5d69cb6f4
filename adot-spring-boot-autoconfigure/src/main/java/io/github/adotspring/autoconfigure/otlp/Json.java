package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads a short JSON text from a server, whatever JSON library the application has. A
 * value is a {@link Map}, a {@link List} or text: numbers too, as OTLP writes large ones
 * in quotes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class Json {

	private static final int MAX_DEPTH = 32;

	private static final Pattern LITERAL = Pattern.compile("true|false|null|-?\\d++(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");

	private Json() {
	}

	/**
	 * Read an object.
	 * @return its members, empty if the text is anything else than one whole object
	 */
	static Map<?, ?> object(String text) {
		try {
			return members(text, 0);
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

	private static @Nullable Object value(String text, int depth) {
		if (text.isEmpty() || depth > MAX_DEPTH) {
			throw new IllegalArgumentException("No value, or one too deep inside");
		}
		return switch (text.charAt(0)) {
			case '{' -> members(text, depth);
			case '[' -> elements(text, depth);
			case '"' -> JsonSlices.unquote(text);
			default -> literal(text.strip());
		};
	}

	private static Map<String, @Nullable Object> members(String object, int depth) {
		Map<String, @Nullable Object> members = new HashMap<>();
		JsonSlices.members(object).forEach((name, value) -> members.put(name, value(value, depth + 1)));
		return members;
	}

	private static List<@Nullable Object> elements(String array, int depth) {
		List<@Nullable Object> elements = new ArrayList<>();
		JsonSlices.elements(array).forEach((element) -> elements.add(value(element, depth + 1)));
		return elements;
	}

	private static @Nullable String literal(String text) {
		if (!LITERAL.matcher(text).matches()) {
			throw new IllegalArgumentException("Not JSON");
		}
		return "null".equals(text) ? null : text;
	}

}
