package io.github.adotspring.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Who decides which traces are sampled.
 */
public enum SamplerChoice {

	/**
	 * The sampling rules of X-Ray.
	 */
	XRAY("xray"),

	/**
	 * Everything is sampled, even if the caller does not sample.
	 */
	ALWAYS_ON("always_on"),

	/**
	 * Nothing is sampled.
	 */
	ALWAYS_OFF("always_off"),

	/**
	 * A share of all traces, whatever the caller does.
	 */
	RATIO("traceidratio"),

	/**
	 * As the caller does, else everything.
	 */
	PARENT_BASED_ALWAYS_ON("parentbased_always_on"),

	/**
	 * As the caller does, else nothing.
	 */
	PARENT_BASED_ALWAYS_OFF("parentbased_always_off"),

	/**
	 * As the caller does, else a share.
	 */
	PARENT_BASED_RATIO("parentbased_traceidratio");

	static final String PREFIX = AdotProperties.PREFIX + ".tracing.sampling.";

	private final String otelName;

	SamplerChoice(String otelName) {
		this.otelName = otelName;
	}

	/**
	 * The value of {@code otel.traces.sampler} that the properties ask for, {@code null}
	 * if they ask for none. Binding them reports what is no sampler.
	 */
	static @Nullable String nameIn(Environment environment) {
		String sampler = environment.getProperty(PREFIX + "sampler");
		if (sampler == null) {
			return (environment.getProperty(PREFIX + "probability") != null) ? PARENT_BASED_RATIO.otelName : null;
		}
		String constant = sampler.trim().replace('-', '_').toUpperCase(Locale.ROOT);
		for (SamplerChoice choice : values()) {
			if (choice.name().equals(constant)) {
				return choice.otelName;
			}
		}
		return null;
	}

}
