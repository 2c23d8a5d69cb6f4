package io.github.adotspring.autoconfigure.console;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What tells a series from others.
 *
 * @param scope name of the library that measures
 * @param meter name of the meter
 * @param tags its attributes
 */
record SeriesKey(String scope, String meter, Map<String, String> tags) {

	/**
	 * Meters that move when nobody uses the application. {@code logback.events} counts
	 * what the console itself writes.
	 */
	private static final List<String> BACKGROUND = List.of("jvm.", "process.", "system.", "disk.", "application.",
			"logback.", "log4j2.", "adot.", "otel.");

	/**
	 * Whether it tells of the runtime and of the starter rather than of the application.
	 */
	boolean isBackground() {
		return BACKGROUND.stream().anyMatch(this.meter::startsWith);
	}

	/**
	 * The gauge that Micrometer has for the largest value of a timer or summary.
	 */
	SeriesKey max() {
		return new SeriesKey(this.scope, this.meter + ".max", this.tags);
	}

	/**
	 * The tags that tell something: Micrometer gives {@code none} to those that don't
	 * apply.
	 */
	String mainTags() {
		return this.tags.entrySet()
			.stream()
			.filter((tag) -> !tag.getValue().isEmpty() && !tag.getValue().equalsIgnoreCase("none"))
			.map((tag) -> tag.getKey() + "=" + tag.getValue())
			.collect(Collectors.joining(" "));
	}

	@Override
	public String toString() {
		return ConsoleText.line((this.meter + " " + mainTags()).trim());
	}

}
