package io.github.adotspring.autoconfigure.delivery;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Takes note of the resource that the SDK is made with, which the SDK itself does not
 * tell.
 */
public final class ExportedResource implements AutoConfigurationCustomizerProvider {

	private volatile Resource resource = Resource.empty();

	ExportedResource() {
	}

	@Override
	public void customize(AutoConfigurationCustomizer customizer) {
		customizer.addResourceCustomizer(this::note);
	}

	private Resource note(Resource resource, ConfigProperties config) {
		this.resource = resource;
		return resource;
	}

	/**
	 * What every signal is exported with.
	 * @return the resource, empty while there is no SDK and where the SDK is the
	 * application's own
	 */
	public Resource resource() {
		return this.resource;
	}

	/**
	 * After all others, who may change the resource.
	 */
	@Override
	public int order() {
		return Integer.MAX_VALUE;
	}

}
