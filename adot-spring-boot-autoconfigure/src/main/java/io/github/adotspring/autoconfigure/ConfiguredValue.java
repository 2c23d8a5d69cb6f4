package io.github.adotspring.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * A value that somebody configured, and the name that they used for it.
 *
 * @param value the value
 * @param origin name of the property, or of the environment variable where it is one
 */
public record ConfiguredValue(String value, String origin) {

	/**
	 * Look up the first of several properties that is set.
	 * @param environment where to look
	 * @param names names of properties, the most important first
	 * @return the value, {@code null} if none is set or all are blank
	 */
	public static @Nullable ConfiguredValue firstOf(Environment environment, String... names) {
		for (String name : names) {
			String value = environment.getProperty(name);
			if (value != null && !value.isBlank()) {
				return new ConfiguredValue(value.trim(), originOf(environment, name, value));
			}
		}
		return null;
	}

	private static String originOf(Environment environment, String name, String value) {
		String variable = name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
		return value.equals(fromVariables(environment, variable)) ? variable : name;
	}

	private static @Nullable Object fromVariables(Environment environment, String variable) {
		if (!(environment instanceof ConfigurableEnvironment configurable)) {
			return null;
		}
		var variables = configurable.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		return (variables != null) ? variables.getProperty(variable) : null;
	}

}
