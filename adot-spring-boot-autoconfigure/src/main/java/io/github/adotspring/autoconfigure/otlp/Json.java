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

	private static final String ESCAPES = "\"\\/bfnrt";

	private static final String ESCAPED = "\"\\/\b\f\n\r\t";

	private final String text;

	private int position;

	private Json(String text) {
		this.text = text;
	}

	/**
	 * Read an object.
	 * @return its members, empty if the text is anything else than one whole object
	 */
	static Map<?, ?> object(String text) {
		Json json = new Json(text);
		try {
			Object value = json.value(0);
			json.skipSpace();
			return (value instanceof Map<?, ?> members && json.position == text.length()) ? members : Map.of();
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

	private @Nullable Object value(int depth) {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("Too deep");
		}
		return switch (peek()) {
			case '{' -> members(depth);
			case '[' -> elements(depth);
			case '"' -> string();
			default -> literal();
		};
	}

	private Map<String, @Nullable Object> members(int depth) {
		Map<String, @Nullable Object> members = new HashMap<>();
		expect('{');
		if (!skip('}')) {
			do {
				String name = string();
				expect(':');
				members.put(name, value(depth + 1));
			}
			while (skip(','));
			expect('}');
		}
		return members;
	}

	private List<@Nullable Object> elements(int depth) {
		List<@Nullable Object> elements = new ArrayList<>();
		expect('[');
		if (!skip(']')) {
			do {
				elements.add(value(depth + 1));
			}
			while (skip(','));
			expect(']');
		}
		return elements;
	}

	private String string() {
		StringBuilder string = new StringBuilder();
		expect('"');
		char next;
		while ((next = next()) != '"') {
			string.append((next == '\\') ? escaped() : next);
		}
		return string.toString();
	}

	private char escaped() {
		char escape = next();
		if (escape == 'u') {
			int code = 0;
			for (int i = 0; i < 4; i++) {
				int digit = Character.digit(next(), 16);
				require(digit >= 0);
				code = code * 16 + digit;
			}
			return (char) code;
		}
		int index = ESCAPES.indexOf(escape);
		require(index >= 0);
		return ESCAPED.charAt(index);
	}

	private @Nullable String literal() {
		var literal = LITERAL.matcher(this.text).region(this.position, this.text.length());
		require(literal.lookingAt());
		this.position = literal.end();
		return "null".equals(literal.group()) ? null : literal.group();
	}

	/**
	 * The next character after white space, which stays.
	 */
	private char peek() {
		skipSpace();
		require(this.position < this.text.length());
		return this.text.charAt(this.position);
	}

	private char next() {
		require(this.position < this.text.length());
		return this.text.charAt(this.position++);
	}

	private void expect(char wanted) {
		require(skip(wanted));
	}

	private boolean skip(char wanted) {
		boolean found = peek() == wanted;
		this.position += found ? 1 : 0;
		return found;
	}

	private void skipSpace() {
		while (this.position < this.text.length() && " \t\r\n".indexOf(this.text.charAt(this.position)) >= 0) {
			this.position++;
		}
	}

	private static void require(boolean condition) {
		if (!condition) {
			throw new IllegalArgumentException("Not JSON");
		}
	}

}
