package io.github.adotspring.autoconfigure.sampling;

import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The samplers {@code xray}, by the rules of X-Ray, {@code rate_limited} and
 * {@code parentbased_rate_limited}, which
 * {@code management.adot.tracing.sampling.sampler} or {@code otel.traces.sampler} choose.
 */
@AutoConfiguration(after = { AwsAutoConfiguration.class, DeliveryAutoConfiguration.class })
@ConditionalOnEnabledAdot
@EnableConfigurationProperties({ SamplingProperties.class, AdaptiveProperties.class })
public final class SamplingAutoConfiguration {

	SamplingAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	CentralSampling adotCentralSampling() {
		return new CentralSampling(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	SamplingApis adotSamplingApis(SamplingProperties properties, AwsEndpoints endpoints,
			ObjectProvider<SigV4Signer> signer) {
		return new SamplingApis(properties, endpoints, signer);
	}

	@Bean
	@ConditionalOnMissingBean
	XraySamplerProvider adotXraySamplerProvider(CentralSampling sampling, SamplingApis apis,
			AdaptiveProperties adaptive, ExportedResource resource) {
		return new XraySamplerProvider(sampling, apis, adaptive, resource::resource);
	}

	@Bean
	@ConditionalOnMissingBean
	UnusedSamplingProperties adotUnusedSamplingProperties(SamplingProperties sampling, AdaptiveProperties adaptive,
			SamplingReport report) {
		return new UnusedSamplingProperties(sampling, adaptive, report);
	}

	/**
	 * Before processors that take only what is sampled.
	 */
	@Bean
	@ConditionalOnMissingBean(name = "adotAnomalyCustomizer")
	AutoConfigurationCustomizerProvider adotAnomalyCustomizer(CentralSampling sampling) {
		return (customizer) -> customizer
			.addSpanProcessorCustomizer((processor, config) -> sampling.watched(processor));
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotRateLimitedSamplerProvider")
	RateLimitedSamplerProvider adotRateLimitedSamplerProvider() {
		return RateLimitedSamplerProvider.ofRequests();
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotParentBasedRateLimitedSamplerProvider")
	RateLimitedSamplerProvider adotParentBasedRateLimitedSamplerProvider() {
		return RateLimitedSamplerProvider.ofTraces();
	}

}
