package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Properties that are computed from other properties whenever they are asked for, so that
 * sources which join the environment late, such as those of tests, count too. Their names
 * can be listed: Boot searches sources that can't be listed again and again. The source
 * of it is not the environment itself, because Boot takes such a source apart.
 */
final class ComputedPropertySource
		extends EnumerablePropertySource<Map<String, Function<Environment, @Nullable String>>> {

	private final Environment environment;

	private final String[] names;

	ComputedPropertySource(String name, Environment environment,
			Map<String, Function<Environment, @Nullable String>> properties) {
		super(name, properties);
		this.environment = environment;
		this.names = properties.keySet().toArray(String[]::new);
	}

	@Override
	public String[] getPropertyNames() {
		return this.names.clone();
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Function<Environment, @Nullable String> property = getSource().get(name);
		return (property != null) ? property.apply(this.environment) : null;
	}

}
