package io.github.adotspring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The rules that numbers and times of several features keep to.
 */
public final class PropertyRules {

	private PropertyRules() {
	}

	/**
	 * Require a number from 1 up.
	 * @param property full name of the property
	 * @param value the value
	 * @throws InvalidAdotConfigurationException if it is less
	 */
	public static void requireAtLeastOne(String property, int value) {
		if (value < 1) {
			throw new InvalidAdotConfigurationException(property, value, "the least is 1",
					"Write a whole number from 1 up, or remove the property to use the default.");
		}
	}

	/**
	 * Require a time that is longer than zero, where there is one.
	 * @param property full name of the property
	 * @param value the value, {@code null} if the property is not set
	 * @throws InvalidAdotConfigurationException if it is zero or negative
	 */
	public static void requirePositive(String property, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw new InvalidAdotConfigurationException(property, value, "a time must be longer than zero",
					"Write a duration such as '10s', or remove the property to use the default.");
		}
	}

}
