package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * A source that every other one overrides, even one that is added behind it: Boot moves
 * the default properties of the application to the end, and {@code @PropertySource}
 * appends.
 */
final class LastPropertySource extends EnumerablePropertySource<ComputedPropertySource> {

	private final ConfigurableEnvironment environment;

	LastPropertySource(ComputedPropertySource source, ConfigurableEnvironment environment) {
		super(source.getName(), source);
		this.environment = environment;
	}

	@Override
	public String[] getPropertyNames() {
		return getSource().getPropertyNames();
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Object value = getSource().getProperty(name);
		return (value != null && !isSetBehind(name)) ? value : null;
	}

	private boolean isSetBehind(String name) {
		boolean behind = false;
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (behind && source.containsProperty(name)) {
				return true;
			}
			behind = behind || source == this;
		}
		return false;
	}

}
