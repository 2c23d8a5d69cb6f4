package io.github.adotspring.autoconfigure.amp;

import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Metrics in Amazon Managed Service for Prometheus, for
 * {@code management.adot.metrics.export.to=amp}.
 */
@AutoConfiguration(after = AwsAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(AmpProperties.class)
public final class AmpAutoConfiguration {

	AmpAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	AmpDestinationProvider adotAmpDestinationProvider(AmpProperties properties, AwsEndpoints endpoints) {
		return new AmpDestinationProvider(properties, endpoints, Clock.systemUTC());
	}

}
