package io.github.adotspring.autoconfigure.otlp;

/**
 * Writes strings and numbers as JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonText {

	/** Whole numbers up to here are exact as a double. */
	private static final double MAX_EXACT = 1L << 53;

	private JsonText() {
	}

	/**
	 * A string in quotes. A half of a character that takes two becomes U+FFFD, since
	 * UTF-8 has no form for it.
	 * @param value what the string says
	 * @return the string as JSON
	 */
	public static String quote(String value) {
		StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
		value.codePoints().forEach((character) -> {
			switch (character) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				default -> {
					if (character < ' ') {
						quoted.append("\\u%04x".formatted(character));
					}
					else {
						quoted.appendCodePoint(isHalf(character) ? 0xfffd : character);
					}
				}
			}
		});
		return quoted.append('"').toString();
	}

	private static boolean isHalf(int character) {
		return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
	}

	/**
	 * A number, without a fraction if it has none.
	 * @param value the number, finite if it is to be JSON
	 * @return the number as text
	 */
	public static String number(double value) {
		return (Math.rint(value) == value && Math.abs(value) <= MAX_EXACT) ? Long.toString((long) value)
				: Double.toString(value);
	}

}
