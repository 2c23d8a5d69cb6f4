package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the SDK with another HTTP sender: upstream's exporters look for
 * their sender among the components of their configuration.
 */
final class SenderConfigProperties implements ConfigProperties {

	private final ConfigProperties config;

	private final Map<String, String> overrides;

	private final HttpSenderProvider sender;

	SenderConfigProperties(ConfigProperties config, Map<String, String> overrides, HttpSenderProvider sender) {
		this.config = config;
		this.overrides = overrides;
		this.sender = sender;
	}

	@Override
	public ComponentLoader getComponentLoader() {
		ComponentLoader components = this.config.getComponentLoader();
		return new ComponentLoader() {

			@Override
			public <T> Iterable<T> load(Class<T> type) {
				return (type == HttpSenderProvider.class) ? List.of(type.cast(SenderConfigProperties.this.sender))
						: components.load(type);
			}

		};
	}

	@Override
	public @Nullable String getString(String name) {
		String override = this.overrides.get(name);
		return (override != null) ? override : this.config.getString(name);
	}

	@Override
	public @Nullable Boolean getBoolean(String name) {
		return this.config.getBoolean(name);
	}

	@Override
	public @Nullable Integer getInt(String name) {
		return this.config.getInt(name);
	}

	@Override
	public @Nullable Long getLong(String name) {
		return this.config.getLong(name);
	}

	@Override
	public @Nullable Double getDouble(String name) {
		return this.config.getDouble(name);
	}

	@Override
	public @Nullable Duration getDuration(String name) {
		return this.config.getDuration(name);
	}

	@Override
	public List<String> getList(String name) {
		return this.config.getList(name);
	}

	@Override
	public Map<String, String> getMap(String name) {
		return this.config.getMap(name);
	}

}
