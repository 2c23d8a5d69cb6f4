package io.github.adotspring.autoconfigure.actuate;

import java.util.Map;
import java.util.TreeMap;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Takes note of the resource that the SDK is made with, which the SDK itself does not
 * tell.
 */
final class ExportedResource implements AutoConfigurationCustomizerProvider {

	private volatile Resource resource = Resource.empty();

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		customizer.addResourceCustomizer(this::note);
	}

	private Resource note(Resource resource, ConfigProperties config) {
		this.resource = resource;
		return resource;
	}

	/**
	 * What every signal is exported with, by name.
	 */
	Map<String, Object> attributes() {
		Map<String, Object> attributes = new TreeMap<>();
		this.resource.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
		return attributes;
	}

	/**
	 * After all others, who may change the resource.
	 */
	@Override
	public int order() {
		return Integer.MAX_VALUE;
	}

}
