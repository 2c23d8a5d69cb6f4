package io.github.adotspring.autoconfigure;

import java.util.Locale;

/**
 * A signal of OpenTelemetry that is exported over OTLP.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP specification</a>
 */
public enum Signal {

	/**
	 * Traces, whose items are spans.
	 */
	TRACES("Traces", "spans"),

	/**
	 * Metrics, whose items are data points.
	 */
	METRICS("Metrics", "data points"),

	/**
	 * Logs, whose items are log records.
	 */
	LOGS("Logs", "log records");

	private final String displayName;

	private final String itemName;

	Signal(String displayName, String itemName) {
		this.displayName = displayName;
		this.itemName = itemName;
	}

	/**
	 * The name in properties, paths and reports that a machine reads.
	 * @return the name in lower case
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The name in sentences and reports.
	 * @return the name with a capital
	 */
	public String displayName() {
		return this.displayName;
	}

	/**
	 * The name of its items in sentences.
	 * @return a plural
	 */
	public String itemName() {
		return this.itemName;
	}

	/**
	 * The path of the signal below the base URL of an OTLP receiver.
	 * @return the path with its leading slash
	 */
	public String path() {
		return "/v1/" + key();
	}

}
