package io.github.adotspring.autoconfigure.console;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Text of an application as it can stand in a line of the log, and columns of it.
 */
final class ConsoleText {

	private static final int MAX_WIDTH = 60;

	/** Also what ends a line or turns the direction of writing outside of ASCII. */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

	private ConsoleText() {
	}

	/**
	 * The text on one line, cut to 60 characters.
	 */
	static String line(String text) {
		String line = UNPRINTABLE.matcher(text).replaceAll(" ");
		return (line.length() > MAX_WIDTH) ? line.substring(0, MAX_WIDTH - 3) + "..." : line;
	}

	/**
	 * The width of a column for the texts.
	 */
	static int width(Collection<String> texts) {
		// A width of zero is none that a format takes.
		return Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1));
	}

}
