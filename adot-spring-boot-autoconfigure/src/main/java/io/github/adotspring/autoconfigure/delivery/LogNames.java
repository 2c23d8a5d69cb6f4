package io.github.adotspring.autoconfigure.delivery;

import java.util.Set;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of CloudWatch Logs for the names and the settings of log groups and log
 * streams. Names of streams are kept to ASCII, as headers are.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html">CreateLogGroup</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html">CreateLogStream</a>
 */
public final class LogNames {

	private static final int MAX_LENGTH = 512;

	private static final String GROUP_CHARACTERS = "a-zA-Z0-9._#/-";

	private static final String STREAM_CHARACTERS = " -~&&[^:*]";

	private static final Pattern GROUP = Pattern.compile("(?!aws/)[" + GROUP_CHARACTERS + "]{1," + MAX_LENGTH + "}");

	private static final Pattern STREAM = Pattern
		.compile("(?! )[" + STREAM_CHARACTERS + "]{1," + MAX_LENGTH + "}(?<! )");

	private static final Pattern NOT_IN_GROUP = Pattern.compile("^(?=aws/)|[^" + GROUP_CHARACTERS + "]");

	private static final Pattern NOT_IN_STREAM = Pattern.compile("^ | $|[^" + STREAM_CHARACTERS + "]");

	private static final Set<Integer> RETENTION_DAYS = Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,
			731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

	private LogNames() {
	}

	/**
	 * Require a name that a log group can have.
	 * @param property name of the property that holds it
	 * @param name what it comes to, {@code null} if it is not set
	 * @param value the value as it was set
	 * @throws InvalidAdotConfigurationException if it is none
	 */
	public static void requireGroup(String property, @Nullable String name, @Nullable String value) {
		require(name == null || GROUP.matcher(name).matches(), property, value,
				"a log group has 1 to 512 letters, digits and ._#/- and does not begin with 'aws/'",
				"Write a name such as '/adot/shop'.");
	}

	/**
	 * Require a name that a log stream can have.
	 * @param property name of the property that holds it
	 * @param name what it comes to, {@code null} if it is not set
	 * @param value the value as it was set
	 * @throws InvalidAdotConfigurationException if it is none
	 */
	public static void requireStream(String property, @Nullable String name, @Nullable String value) {
		require(name == null || STREAM.matcher(name).matches(), property, value,
				"a log stream has 1 to 512 characters of ASCII, neither ':' nor '*', and no space at its ends",
				"Write a name that only this instance has.");
	}

	/**
	 * Require a number of days that log events can be kept for.
	 * @param property name of the property that holds it
	 * @param days the value, {@code null} if it is not set
	 * @throws InvalidAdotConfigurationException if it is none
	 */
	public static void requireRetentionDays(String property, @Nullable Integer days) {
		require(days == null || RETENTION_DAYS.contains(days), property, days,
				"CloudWatch Logs takes only some numbers of days", "Write 1, 3, 5, 7, 14, 30, 60, 90, 180, 365, ...");
	}

	private static void require(boolean condition, String property, @Nullable Object value, String rule, String fix) {
		if (!condition) {
			throw new InvalidAdotConfigurationException(property, value, rule, fix);
		}
	}

	/**
	 * Make a text the name of a log group.
	 * @param text any text
	 * @return the text with an underscore for each other character, cut to 512
	 */
	public static String group(String text) {
		return bounded(NOT_IN_GROUP.matcher(text).replaceAll("_"));
	}

	/**
	 * Make a text the name of a log stream.
	 * @param text any text
	 * @return the text with an underscore for each other character, cut to 512
	 */
	public static String stream(String text) {
		String cut = (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) : text;
		return bounded(NOT_IN_STREAM.matcher(cut).replaceAll("_"));
	}

	private static String bounded(String name) {
		return name.isEmpty() ? "_" : name.substring(0, Math.min(name.length(), MAX_LENGTH));
	}

}
