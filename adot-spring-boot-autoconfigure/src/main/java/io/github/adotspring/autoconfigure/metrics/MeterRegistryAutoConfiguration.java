package io.github.adotspring.autoconfigure.metrics;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.ExportTargets;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.MetricsDelivery;
import io.github.adotspring.autoconfigure.delivery.QuietLog;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.registry.otlp.ExemplarContextProvider;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Micrometer's meters: how Boot's own OTLP registry selects and sends them. A registry of
 * the application is left alone.
 */
@AutoConfiguration(after = MetricsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration",
		beforeName = "org.springframework.boot.micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration")
@ConditionalOnEnabledAdot
@ConditionalOnClass({ OtlpMeterRegistry.class, MeterRegistryCustomizer.class })
@ConditionalOnMissingBean(OtlpMeterRegistry.class)
public final class MeterRegistryAutoConfiguration {

	MeterRegistryAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(OtlpMetricsSender.class)
	DeliveryMetricsSender adotMetricsSender(ObjectProvider<MetricsDelivery> delivery, ExportedResource resource,
			QuietLog log) {
		return new DeliveryMetricsSender(delivery, resource, log);
	}

	@Bean
	@ConditionalOnMissingBean(ExemplarContextProvider.class)
	SpanExemplars adotExemplarContextProvider() {
		return new SpanExemplars();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(name = "org.springframework.web.filter.ServerHttpObservationFilter")
	static ObservationFilterOrder adotObservationFilterOrder() {
		return new ObservationFilterOrder();
	}

	@Bean
	@ConditionalOnMissingBean
	MeterGuard adotMeterGuard(MetricsProperties properties, QuietLog log) {
		return new MeterGuard(properties.maxSeriesPerMeter(), properties.maxSeries(), log::warnOnce);
	}

	@Bean
	@ConditionalOnMissingBean
	OtlpMeterRegistryCustomizer adotMeterRegistryCustomizer(MetricsProperties properties, ExportTargets targets,
			MeterGuard guard, ObjectProvider<OtlpConfig> config, ObjectProvider<MeterFilter> filters) {
		return new OtlpMeterRegistryCustomizer(
				new ExcludedMeters(properties.exclude(), properties.include(), () -> isBilled(targets)), guard,
				properties.histograms() ? new ExponentialHistograms(config, filters) : null);
	}

	/**
	 * A collector may send on to where it costs money, but who has one filters there.
	 */
	private static boolean isBilled(ExportTargets targets) {
		return targets.all(Signal.METRICS)
			.stream()
			.anyMatch(
					(target) -> target.to() == ExportTo.AWS || target.name().equals(MetricsExportTo.CLOUDWATCH.key()));
	}

}
