package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Names an item in a line of a log, by what the code calls it and never by the data of a
 * user.
 */
final class ItemName {

	private static final int MAX_LENGTH = 100;

	private static final int NAME_FIELD_OF_SPAN = 5;

	private static final int NAME_FIELD_OF_SCOPE = 1;

	/** Also what ends a line or turns the direction of writing outside of ASCII. */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

	private ItemName() {
	}

	static String of(Signal signal, Item item) throws IOException {
		return switch (signal) {
			case TRACES -> "span" + quoted(item.value().last(NAME_FIELD_OF_SPAN));
			case METRICS -> "data point of metric" + quoted(item.frame().at(OtlpMessage.METRIC).head());
			case LOGS -> {
				Chunk scope = item.frame().head();
				yield "log record of logger" + quoted((scope != null) ? scope.last(NAME_FIELD_OF_SCOPE) : null);
			}
		};
	}

	private static String quoted(@Nullable Chunk name) {
		return " '" + ((name != null) ? clean(name.text()) : "") + "'";
	}

	/**
	 * Make a name one line and not too long.
	 */
	static String clean(String name) {
		int end = Math.min(name.length(), MAX_LENGTH);
		String line = UNPRINTABLE.matcher(name.substring(0, end)).replaceAll(" ").trim();
		return (end < name.length()) ? line + "..." : line;
	}

}
