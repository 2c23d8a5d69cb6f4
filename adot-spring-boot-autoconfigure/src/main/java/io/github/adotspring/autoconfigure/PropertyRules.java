package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * The rules that numbers, sizes and times of several features keep to.
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
	 * Require a number that is not larger than another.
	 * @param property full name of the property
	 * @param value the value
	 * @param most the largest
	 * @throws InvalidAdotConfigurationException if it is larger
	 */
	public static void requireAtMost(String property, int value, int most) {
		if (value > most) {
			throw new InvalidAdotConfigurationException(property, value, "the most is " + most,
					"Write a whole number up to " + most + ", or remove the property to use the default.");
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

	/**
	 * Require a size that is larger than zero.
	 * @param property full name of the property
	 * @param value the value
	 * @throws InvalidAdotConfigurationException if it is zero or negative
	 */
	public static void requirePositive(String property, DataSize value) {
		if (value.toBytes() <= 0) {
			throw new InvalidAdotConfigurationException(property, value, "a size must be larger than zero",
					"Write a size such as '10MB', or remove the property to use the default.");
		}
	}

	/**
	 * Require a time that is not longer than another.
	 * @param property full name of the property
	 * @param value the value
	 * @param most the longest
	 * @throws InvalidAdotConfigurationException if it is longer
	 */
	public static void requireAtMost(String property, Duration value, Duration most) {
		if (value.compareTo(most) > 0) {
			String longest = DurationStyle.SIMPLE.print(most,
					(most.toDays() > 0) ? ChronoUnit.DAYS : ChronoUnit.SECONDS);
			throw new InvalidAdotConfigurationException(property, value, "the longest is " + longest,
					"Write a duration up to '" + longest + "', or remove the property to use the default.");
		}
	}

}
