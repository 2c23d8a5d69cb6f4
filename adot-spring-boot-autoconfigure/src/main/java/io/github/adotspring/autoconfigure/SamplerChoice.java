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
	 * So many traces a second, whatever the caller does.
	 */
	RATE_LIMITED("rate_limited"),

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
	PARENT_BASED_RATIO("parentbased_traceidratio"),

	/**
	 * As the caller does, else so many traces a second.
	 */
	PARENT_BASED_RATE_LIMITED("parentbased_rate_limited");

	private static final String PREFIX = AdotProperties.PREFIX + ".tracing.sampling.";

	private static final String PROBABILITY = "probability";

	private static final String TRACES_PER_SECOND = "traces-per-second";

	private final String otelName;

	SamplerChoice(String otelName) {
		this.otelName = otelName;
	}

	/**
	 * Whether it samples so many traces a second.
	 * @return {@code true} if it needs to know how many
	 */
	public boolean isRateLimited() {
		return this == RATE_LIMITED || this == PARENT_BASED_RATE_LIMITED;
	}

	/**
	 * The value of {@code otel.traces.sampler} that the properties ask for, {@code null}
	 * if they ask for none. Binding them reports what is no sampler.
	 */
	static @Nullable String nameIn(Environment environment) {
		SamplerChoice choice = in(environment);
		return (choice != null) ? choice.otelName : null;
	}

	/**
	 * The value of {@code otel.traces.sampler.arg} that the properties ask for,
	 * {@code null} if they ask for none.
	 */
	static @Nullable String argumentIn(Environment environment) {
		SamplerChoice choice = in(environment);
		boolean rate = choice != null && choice.isRateLimited();
		return environment.getProperty(PREFIX + (rate ? TRACES_PER_SECOND : PROBABILITY));
	}

	private static @Nullable SamplerChoice in(Environment environment) {
		String sampler = environment.getProperty(PREFIX + "sampler");
		if (sampler == null) {
			return impliedIn(environment);
		}
		String constant = sampler.trim().replace('-', '_').toUpperCase(Locale.ROOT);
		for (SamplerChoice choice : values()) {
			if (choice.name().equals(constant)) {
				return choice;
			}
		}
		return null;
	}

	/**
	 * The sampler that is meant by what only one of them needs.
	 */
	private static @Nullable SamplerChoice impliedIn(Environment environment) {
		if (environment.getProperty(PREFIX + PROBABILITY) != null) {
			return PARENT_BASED_RATIO;
		}
		return (environment.getProperty(PREFIX + TRACES_PER_SECOND) != null) ? PARENT_BASED_RATE_LIMITED : null;
	}

}
