package io.github.adotspring.autoconfigure.sampling;

import java.net.URI;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.HttpUrls;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSamplerProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Provides the sampler {@code xray} of {@code otel.traces.sampler}, whose argument can
 * name a proxy as the ADOT agent's does: {@code endpoint=http://localhost:2000}.
 */
final class XraySamplerProvider implements ConfigurableSamplerProvider {

	private static final String ARGUMENT = "otel.traces.sampler.arg";

	private static final String ENDPOINT = "endpoint=";

	private final CentralSampling sampling;

	private final SamplingApis apis;

	private final AdaptiveProperties adaptive;

	private final Supplier<Resource> resource;

	/**
	 * Create a new instance.
	 * @param resource of the SDK, which is known when it asks for its sampler
	 */
	XraySamplerProvider(CentralSampling sampling, SamplingApis apis, AdaptiveProperties adaptive,
			Supplier<Resource> resource) {
		this.sampling = sampling;
		this.apis = apis;
		this.adaptive = adaptive;
		this.resource = resource;
	}

	@Override
	public Sampler createSampler(ConfigProperties config) {
		URI proxy = proxy(config.getString(ARGUMENT));
		return this.sampling.sampler(this.apis.at(proxy), this.resource.get(),
				this.adaptive.settings(config.getString(AdaptiveDocument.PROPERTY)));
	}

	private static @Nullable URI proxy(@Nullable String argument) {
		if (argument == null) {
			return null;
		}
		for (String pair : argument.split(",")) {
			if (pair.trim().startsWith(ENDPOINT)) {
				return HttpUrls.requireHttpUrl(ARGUMENT, URI.create(pair.trim().substring(ENDPOINT.length())));
			}
		}
		return null;
	}

	@Override
	public String getName() {
		return "xray";
	}

}
