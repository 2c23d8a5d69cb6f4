package io.github.adotspring.autoconfigure.sampling;

import java.util.function.UnaryOperator;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSamplerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Provides samplers of {@code otel.traces.sampler} that sample so many traces a second,
 * which is their argument.
 */
final class RateLimitedSamplerProvider implements ConfigurableSamplerProvider {

	private static final String ARGUMENT = "otel.traces.sampler.arg";

	private final String name;

	private final UnaryOperator<Sampler> parents;

	private RateLimitedSamplerProvider(String name, UnaryOperator<Sampler> parents) {
		this.name = name;
		this.parents = parents;
	}

	/**
	 * A sampler that decides whatever the caller does. What a request does inside goes as
	 * the request, else spans would be counted and traces torn.
	 */
	static RateLimitedSamplerProvider ofRequests() {
		return new RateLimitedSamplerProvider("rate_limited",
				(limited) -> Sampler.parentBasedBuilder(limited)
					.setRemoteParentSampled(limited)
					.setRemoteParentNotSampled(limited)
					.build());
	}

	/**
	 * A sampler that decides at the root of a trace, and else as the caller does.
	 */
	static RateLimitedSamplerProvider ofTraces() {
		return new RateLimitedSamplerProvider("parentbased_rate_limited", Sampler::parentBased);
	}

	@Override
	public Sampler createSampler(ConfigProperties config) {
		double perSecond = requireRate(ARGUMENT, number(config.getString(ARGUMENT)),
				"the sampler '" + this.name + "' needs traces per second");
		return this.parents.apply(new RateLimitedSampler(perSecond, System::nanoTime));
	}

	private static @Nullable Double number(@Nullable String argument) {
		try {
			return (argument != null) ? Double.valueOf(argument.trim()) : null;
		}
		catch (NumberFormatException ex) {
			throw invalid(ARGUMENT, argument, "traces per second are a number above zero");
		}
	}

	/**
	 * Require a number of traces per second.
	 * @param property full name of the property
	 * @param value the value, {@code null} if the property is not set
	 * @param need why there has to be a value
	 * @return the value
	 * @throws InvalidAdotConfigurationException if it is missing or not above zero
	 */
	static double requireRate(String property, @Nullable Double value, String need) {
		if (value == null) {
			throw invalid(property, null, need);
		}
		if (!(value > 0 && value <= Double.MAX_VALUE)) {
			throw invalid(property, value, "traces per second are a number above zero");
		}
		return value;
	}

	private static InvalidAdotConfigurationException invalid(String property, @Nullable Object value, String rule) {
		return new InvalidAdotConfigurationException(property, value, rule,
				"Write a number such as '10', or '0.5' for one trace in two seconds.");
	}

	@Override
	public String getName() {
		return this.name;
	}

}
