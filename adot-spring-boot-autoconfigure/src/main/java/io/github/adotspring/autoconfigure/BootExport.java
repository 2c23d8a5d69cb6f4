package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Spring Boot's own switches for the export of a signal, which its test slices set too.
 */
public enum BootExport {

	/**
	 * The export of traces.
	 */
	TRACES(false, "management.tracing.export.enabled", "management.tracing.export.otlp.enabled"),

	/**
	 * The export of logs.
	 */
	LOGS(false, "management.logging.export.enabled", "management.logging.export.otlp.enabled"),

	/**
	 * The export of metrics. One registry can be on while all are off by default.
	 */
	METRICS(true, "management.otlp.metrics.export.enabled", "management.defaults.metrics.export.enabled");

	private final boolean firstDecides;

	private final String[] switches;

	BootExport(boolean firstDecides, String... switches) {
		this.firstDecides = firstDecides;
		this.switches = switches;
	}

	/**
	 * Which switch is off.
	 * @param environment where to look
	 * @return the property that is {@code false}, {@code null} if the export is on
	 */
	public @Nullable String switchedOff(Environment environment) {
		for (String property : this.switches) {
			Boolean on = environment.getProperty(property, Boolean.class);
			if (on != null && (this.firstDecides || !on)) {
				return on ? null : property;
			}
		}
		return null;
	}

}
