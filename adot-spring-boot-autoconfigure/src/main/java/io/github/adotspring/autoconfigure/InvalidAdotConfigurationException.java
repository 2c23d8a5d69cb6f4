package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start-up for a property whose value can't work. It names the property, the
 * value, the rule that the value breaks and the fix, and is turned into a failure
 * analysis.
 */
public final class InvalidAdotConfigurationException extends RuntimeException {

	private final String fix;

	/**
	 * Create the exception.
	 * @param property full name of the property
	 * @param value the value found, {@code null} where none is set
	 * @param rule what a value must be, as the rest of a sentence that starts with the
	 * property
	 * @param fix what to write instead
	 */
	public InvalidAdotConfigurationException(String property, @Nullable Object value, String rule, String fix) {
		super((value != null) ? "Property '%s' has the value '%s', but %s.".formatted(property, value, rule)
				: "Property '%s' is not set, but %s.".formatted(property, rule));
		this.fix = fix;
	}

	/**
	 * What to write instead.
	 * @return one or more sentences
	 */
	public String fix() {
		return this.fix;
	}

}
