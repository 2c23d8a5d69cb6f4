package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * An attribute, measured.
 *
 * @param key its name
 * @param bytes bytes of name and value
 * @param chars characters of the value, {@code 0} if it is not a string
 * @param isArray whether the value is an array
 */
record Attribute(@Nullable Chunk key, int bytes, int chars, boolean isArray) {

	private static final int STRING = 1;

	private static final int ARRAY = 5;

	/**
	 * Measure a {@code KeyValue}.
	 */
	static Attribute read(Chunk keyValue) throws IOException {
		Chunk key = keyValue.last(1);
		Chunk value = keyValue.last(2);
		Chunk string = (value != null) ? value.last(STRING) : null;
		Chunk measured = (string != null) ? string : value;
		boolean isArray = value != null && value.last(ARRAY) != null;
		return new Attribute(key, length(key) + length(measured), (string != null) ? string.chars() : 0, isArray);
	}

	/**
	 * The name, safe to log.
	 */
	String name() {
		return (this.key != null) ? ItemName.clean(this.key.text()) : "";
	}

	private static int length(@Nullable Chunk chunk) {
		return (chunk != null) ? chunk.length() : 0;
	}

}
