package io.github.adotspring.autoconfigure.logging;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.SignalExport;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Logs: where they go.
 */
@AutoConfiguration(after = { DeliveryAutoConfiguration.class, OpenTelemetryAutoConfiguration.class })
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(LoggingProperties.class)
public final class LoggingAutoConfiguration {

	LoggingAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotLogsExport")
	SignalExport adotLogsExport(LoggingProperties properties) {
		return new SignalExport(Signal.LOGS, properties.export().to(), LoggingProperties.PREFIX + ".export.to");
	}

}
