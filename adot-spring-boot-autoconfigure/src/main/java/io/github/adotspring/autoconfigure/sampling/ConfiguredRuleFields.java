package io.github.adotspring.autoconfigure.sampling;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a rule in the configuration have to be.
 *
 * @param rule full name of the property that is the rule
 */
record ConfiguredRuleFields(String rule) {

	String text(String name, @Nullable String value) {
		if (value == null || value.isBlank()) {
			throw invalid(name, null, "every rule needs it");
		}
		return value;
	}

	int whole(String name, @Nullable Integer value, int min, int max) {
		int number = required(name, value);
		if (number < min || number > max) {
			String range = (min == max) ? "only " + min + " is known"
					: (max == Integer.MAX_VALUE) ? "the least is " + min : "it is from " + min + " to " + max;
			throw invalid(name, number, range);
		}
		return number;
	}

	double rate(String name, @Nullable Double value) {
		double rate = required(name, value);
		if (!(rate >= 0 && rate <= 1)) {
			throw invalid(name, rate, "a share is from 0 to 1");
		}
		return rate;
	}

	private <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw invalid(name, null, "every rule needs it");
		}
		return value;
	}

	InvalidAdotConfigurationException invalid(String name, @Nullable Object value, String rule) {
		return new InvalidAdotConfigurationException(this.rule + "." + name, value, rule,
				"Write the fields of the rule as X-Ray's API has them under SamplingRule: RuleName, Priority, FixedRate "
						+ "and ReservoirSize, and patterns such as URLPath.");
	}

}
