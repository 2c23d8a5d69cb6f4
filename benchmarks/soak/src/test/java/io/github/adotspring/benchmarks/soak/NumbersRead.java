package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The numbers of the application at one moment.
 *
 * @param values the numbers by name
 */
record NumbersRead(Properties values) {

	static NumbersRead of(String text) {
		Properties values = new Properties();
		try {
			values.load(new StringReader(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new NumbersRead(values);
	}

	long get(String name) {
		return Long.parseLong(this.values.getProperty(name));
	}

	/**
	 * Items that the pipeline answers for.
	 */
	long in() {
		return get("received") + get("recovered");
	}

	/**
	 * Items that were not delivered and are counted as such.
	 */
	long countedAsLost() {
		return get("rejected") + get("failed") + get("dropped");
	}

	/**
	 * Items that are in the memory of the pipeline, beside the SDK's queue.
	 */
	long onTheirWay() {
		return in() - get("exported") - countedAsLost() - get("spooled");
	}

	String reasons() {
		return this.values.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith("reason."))
			.sorted()
			.map((name) -> name.substring("reason.".length()) + " " + get(name))
			.collect(Collectors.joining(", "));
	}

}
