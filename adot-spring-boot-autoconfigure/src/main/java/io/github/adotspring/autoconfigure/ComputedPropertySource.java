package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Properties that are computed from other properties whenever they are asked for, so that
 * sources which join the environment late, such as those of tests, count too.
 */
final class ComputedPropertySource extends PropertySource<Map<String, Function<Environment, @Nullable String>>> {

	private final Environment environment;

	ComputedPropertySource(String name, Environment environment,
			Map<String, Function<Environment, @Nullable String>> properties) {
		super(name, properties);
		this.environment = environment;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Function<Environment, @Nullable String> property = getSource().get(name);
		return (property != null) ? property.apply(this.environment) : null;
	}

}
