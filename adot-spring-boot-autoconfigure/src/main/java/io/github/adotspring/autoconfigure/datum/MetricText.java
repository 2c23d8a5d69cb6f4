package io.github.adotspring.autoconfigure.datum;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes names and values of dimensions that CloudWatch takes: printable ASCII, not blank
 * and not too long. Texts that differ stay different, or the numbers of two metrics would
 * become those of one: other characters are written as in URLs, byte by byte with a
 * percent sign, and what is too long ends with a hash of itself.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">Dimension</a>
 */
public final class MetricText {

	private static final int MAX_METRIC_NAME = 255;

	/** 250, which is what EMF takes, less what it takes to make a name unique there. */
	private static final int MAX_DIMENSION_NAME = 230;

	private static final int MAX_DIMENSION_VALUE = 1_024;

	private static final String BLANK_NAME = "_";

	private static final String BLANK_VALUE = "-";

	private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]+");

	private static final int HASH_LENGTH = 9;

	private MetricText() {
	}

	/**
	 * Make the name of a metric.
	 * @param name its name in OTLP
	 * @return the name, {@code null} if it is blank
	 */
	public static @Nullable String metricName(String name) {
		return name.isBlank() ? null : shorten(encode(name), MAX_METRIC_NAME);
	}

	/**
	 * Make the name of a dimension, which begins neither with a space nor with a colon.
	 * @param key the key of an attribute
	 * @return the name
	 */
	public static String dimensionName(String key) {
		String name = encode(key);
		if (name.startsWith(" ") || name.startsWith(":")) {
			name = escape(name.substring(0, 1)) + name.substring(1);
		}
		return name.isEmpty() ? BLANK_NAME : shorten(name, MAX_DIMENSION_NAME);
	}

	/**
	 * Make the value of a dimension. A blank one becomes a hyphen, so that all series of
	 * a metric have the same dimensions.
	 * @param value the value of an attribute as text
	 * @return the value
	 */
	public static String dimensionValue(String value) {
		return value.isBlank() ? BLANK_VALUE : shorten(encode(value), MAX_DIMENSION_VALUE);
	}

	private static String encode(String text) {
		return UNPRINTABLE.matcher(text).replaceAll((match) -> escape(match.group()));
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
			escaped.append(String.format(Locale.ROOT, "%%%02X", next));
		}
		return escaped.toString();
	}

	private static String shorten(String text, int length) {
		return (text.length() <= length) ? text
				: text.substring(0, length - HASH_LENGTH) + String.format(Locale.ROOT, "~%08x", text.hashCode());
	}

}
