package io.github.adotspring.autoconfigure.propagation;

import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurablePropagatorProvider;

/**
 * Provides a propagator under its name in {@code otel.propagators}, in the place of the
 * one that the class path has under the same name.
 */
final class XrayPropagatorProvider implements ConfigurablePropagatorProvider {

	private final String name;

	private final TextMapPropagator propagator;

	XrayPropagatorProvider(String name, TextMapPropagator propagator) {
		this.name = name;
		this.propagator = propagator;
	}

	@Override
	public TextMapPropagator getPropagator(ConfigProperties config) {
		return this.propagator;
	}

	@Override
	public String getName() {
		return this.name;
	}

}
