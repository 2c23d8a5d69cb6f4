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
	TRACES("management.tracing.export.enabled", "management.tracing.export.otlp.enabled"),

	/**
	 * The export of logs.
	 */
	LOGS("management.logging.export.enabled", "management.logging.export.otlp.enabled"),

	/**
	 * The export of metrics.
	 */
	METRICS("management.otlp.metrics.export.enabled", "management.defaults.metrics.export.enabled");

	private final String[] switches;

	BootExport(String... switches) {
		this.switches = switches;
	}

	/**
	 * Which switch is off.
	 * @param environment where to look
	 * @return the first property that is {@code false}, {@code null} if none is
	 */
	public @Nullable String switchedOff(Environment environment) {
		for (String property : this.switches) {
			if (!environment.getProperty(property, Boolean.class, true)) {
				return property;
			}
		}
		return null;
	}

}
