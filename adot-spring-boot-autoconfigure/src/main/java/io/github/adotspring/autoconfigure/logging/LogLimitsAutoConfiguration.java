package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Which log records are exported: so many in a second, and on request only those of
 * traces that are sampled.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(LoggingProperties.class)
public final class LogLimitsAutoConfiguration {

	LogLimitsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotLogLimitsCustomizer")
	AutoConfigurationCustomizerProvider adotLogLimitsCustomizer(LoggingProperties properties,
			ObjectProvider<DeliveryStatus> status) {
		return new LogLimitsCustomizer(properties.onlySampled(), properties.rateLimit(), status);
	}

}
