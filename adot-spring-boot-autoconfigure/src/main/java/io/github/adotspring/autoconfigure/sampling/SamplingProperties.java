package io.github.adotspring.autoconfigure.sampling;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.PropertyRules;
import io.github.adotspring.autoconfigure.SamplerChoice;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Which traces are sampled.
 *
 * @param sampler who decides at the root of a trace; by default what otel.traces.sampler
 * or management.tracing.sampling.probability say, else every trace is sampled
 * @param probability share of traces that the samplers with a ratio sample, from 0 to 1
 * @param tracesPerSecond traces that the samplers with a limit sample in a second; 0.5 is
 * one in two seconds
 * @param endpoint URL of a proxy that signs requests for X-Ray's sampling rules: the
 * CloudWatch agent, the collector's awsproxy extension or the X-Ray daemon, usually
 * http://localhost:2000. By default X-Ray is asked itself, with a signature
 * @param timeout longest time for one request for sampling rules
 * @param rules sampling rules under X-Ray's own names (RuleName, Priority, FixedRate,
 * ReservoirSize, URLPath and so on), which are used instead of those of X-Ray; nothing is
 * sent then
 * @param rulesFile file with such rules in X-Ray's own JSON
 */
@ConfigurationProperties(SamplingProperties.PREFIX)
record SamplingProperties(@Nullable SamplerChoice sampler, @Nullable Double probability,
		@Nullable Double tracesPerSecond, @Nullable URI endpoint, @DefaultValue("5s") Duration timeout,
		@DefaultValue List<ConfiguredRule> rules, @Nullable Resource rulesFile) {

	static final String PREFIX = AdotProperties.PREFIX + ".tracing.sampling";

	static final String RULES = PREFIX + ".rules";

	SamplingProperties {
		if (probability != null && !(probability >= 0 && probability <= 1)) {
			throw new InvalidAdotConfigurationException(PREFIX + ".probability", probability, "a share is from 0 to 1",
					"Write a number such as '0.1' for one trace in ten, or remove the property to use the default.");
		}
		requireOneLimit(sampler, probability, tracesPerSecond);
		PropertyRules.requirePositive(PREFIX + ".timeout", timeout);
		if (endpoint != null) {
			HttpUrls.requireHttpUrl(PREFIX + ".endpoint", endpoint);
		}
		rules = List.copyOf(rules);
		ConfiguredRule.toRules(RULES, rules);
		if (rulesFile != null && !rules.isEmpty()) {
			throw new InvalidAdotConfigurationException(RULES + "-file", rulesFile, "there are '" + RULES + "' too",
					"Remove one of them.");
		}
	}

	private static void requireOneLimit(@Nullable SamplerChoice sampler, @Nullable Double probability,
			@Nullable Double tracesPerSecond) {
		String property = PREFIX + ".traces-per-second";
		if (tracesPerSecond != null || (sampler != null && sampler.isRateLimited())) {
			RateLimitedSamplerProvider.requireRate(property, tracesPerSecond,
					"the sampler of '" + PREFIX + ".sampler' needs it");
		}
		if (sampler == null && probability != null && tracesPerSecond != null) {
			throw new InvalidAdotConfigurationException(property, tracesPerSecond,
					"there is '" + PREFIX + ".probability' too and each means another sampler",
					"Remove one of them, or say with '" + PREFIX + ".sampler' which sampler is meant.");
		}
	}

}
