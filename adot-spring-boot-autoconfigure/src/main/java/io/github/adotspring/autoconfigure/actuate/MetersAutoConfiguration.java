package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Micrometer meters of what the starter and the SDK do themselves.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnEnabledAdot
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = MetersProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(MetersProperties.class)
public final class MetersAutoConfiguration {

	MetersAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	DeliveryMeterBinder adotDeliveryMeterBinder(DeliveryReports reports, DeliveryStatus status,
			SdkTelemetry telemetry) {
		return new DeliveryMeterBinder(reports, status, telemetry);
	}

	/**
	 * Not beside upstream's bridge, which makes instruments of meters: it would bring
	 * those of the SDK back to where they come from.
	 */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "otel.instrumentation.micrometer.enabled", havingValue = false,
			matchIfMissing = true)
	SdkMeterBinder adotSdkMeterBinder(SdkTelemetry telemetry) {
		return new SdkMeterBinder(telemetry);
	}

}
