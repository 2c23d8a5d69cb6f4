package io.github.adotspring.autoconfigure.metrics;

import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.MessageObserver;
import io.github.adotspring.autoconfigure.delivery.SignalExport;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Metrics of the OpenTelemetry API, less those of instrumentation that Micrometer makes
 * unnecessary.
 */
@AutoConfiguration(after = { DeliveryAutoConfiguration.class, OpenTelemetryAutoConfiguration.class })
@ConditionalOnEnabledAdot
@EnableConfigurationProperties({ MetricsProperties.class, MetricsPrices.class })
public final class MetricsAutoConfiguration {

	MetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotMetricsExport")
	SignalExport adotMetricsExport(MetricsProperties properties) {
		return SignalExport.ofMetrics(properties.export().to(), MetricsProperties.PREFIX + ".export.to",
				properties.dryRun());
	}

	@Bean
	@ConditionalOnMissingBean
	MetricExporterCustomizer adotMetricExporterCustomizer(MetricsProperties properties) {
		return new MetricExporterCustomizer(properties.instrumentation());
	}

	@Bean
	@ConditionalOnMissingBean
	MetricsBill adotMetricsBill(MetricsPrices prices) {
		return new MetricsBill(prices, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotMetricsBillObserver")
	MessageObserver adotMetricsBillObserver(MetricsBill bill) {
		return (signal, destination, message) -> {
			if (signal == Signal.METRICS) {
				bill.sent(destination, message);
			}
		};
	}

}
