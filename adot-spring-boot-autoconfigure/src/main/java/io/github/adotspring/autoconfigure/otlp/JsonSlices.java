package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes JSON text apart and keeps the text of the values, so that they can be put
 * together again as they were.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonSlices {

	private static final String ESCAPES = "\"\\/bfnrt";

	private static final String ESCAPED = "\"\\/\b\f\n\r\t";

	private final String text;

	private int position;

	private JsonSlices(String text) {
		this.text = text;
	}

	/**
	 * The members of an object.
	 * @param object the object as JSON text
	 * @return their values by name, as JSON text
	 * @throws IllegalArgumentException if the text is not one whole object
	 */
	public static Map<String, String> members(String object) {
		Map<String, String> members = new LinkedHashMap<>();
		JsonSlices slices = new JsonSlices(object);
		slices.each('{', '}', () -> {
			String name = unquote(slices.value());
			slices.require(slices.skip(':'));
			members.put(name, slices.value());
		});
		return members;
	}

	/**
	 * The elements of an array.
	 * @param array the array as JSON text
	 * @return the elements, as JSON text
	 * @throws IllegalArgumentException if the text is not one whole array
	 */
	public static List<String> elements(String array) {
		List<String> elements = new ArrayList<>();
		JsonSlices slices = new JsonSlices(array);
		slices.each('[', ']', () -> elements.add(slices.value()));
		return elements;
	}

	/**
	 * What a string in quotes says.
	 * @param literal the string as JSON text
	 * @return the string
	 * @throws IllegalArgumentException if the text is not one whole string
	 */
	public static String unquote(String literal) {
		StringBuilder string = new StringBuilder(literal.length());
		JsonSlices slices = new JsonSlices(literal);
		slices.require(slices.skip('"'));
		char next;
		while ((next = slices.next()) != '"') {
			string.append((next == '\\') ? slices.escaped() : next);
		}
		slices.requireEnd();
		return string.toString();
	}

	private void each(char open, char close, Runnable read) {
		require(skip(open));
		if (!skip(close)) {
			do {
				read.run();
			}
			while (skip(','));
			require(skip(close));
		}
		requireEnd();
	}

	private String value() {
		skipSpace();
		int begin = this.position;
		int depth = 0;
		do {
			switch (next()) {
				case '"' -> skipString();
				case '{', '[' -> depth++;
				case '}', ']' -> depth--;
				default -> skipLiteral();
			}
			require(depth >= 0);
		}
		while (depth > 0);
		return this.text.substring(begin, this.position);
	}

	private void skipString() {
		char next;
		while ((next = next()) != '"') {
			if (next == '\\') {
				next();
			}
		}
	}

	private void skipLiteral() {
		while (this.position < this.text.length() && ",:[]{}\"".indexOf(this.text.charAt(this.position)) < 0) {
			this.position++;
		}
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

	private char next() {
		require(this.position < this.text.length());
		return this.text.charAt(this.position++);
	}

	private boolean skip(char wanted) {
		skipSpace();
		boolean found = this.position < this.text.length() && this.text.charAt(this.position) == wanted;
		this.position += found ? 1 : 0;
		return found;
	}

	private void skipSpace() {
		while (this.position < this.text.length() && " \t\r\n".indexOf(this.text.charAt(this.position)) >= 0) {
			this.position++;
		}
	}

	private void requireEnd() {
		skipSpace();
		require(this.position == this.text.length());
	}

	private void require(boolean condition) {
		if (!condition) {
			throw new IllegalArgumentException("Not JSON at character " + this.position);
		}
	}

}
