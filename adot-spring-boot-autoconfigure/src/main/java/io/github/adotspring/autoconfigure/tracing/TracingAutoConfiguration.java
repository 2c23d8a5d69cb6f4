package io.github.adotspring.autoconfigure.tracing;

import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.SignalExport;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.trace.IdGenerator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Traces: X-Ray trace ids and the paths that make no spans. An {@link IdGenerator} bean
 * of the application is used instead.
 */
@AutoConfiguration(after = { DeliveryAutoConfiguration.class, OpenTelemetryAutoConfiguration.class },
		// So that Boot's SDK backs off for upstream's, and not only because of how their
		// names sort.
		beforeName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(TracingProperties.class)
public final class TracingAutoConfiguration {

	TracingAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotTracesExport")
	SignalExport adotTracesExport(TracingProperties properties) {
		return new SignalExport(Signal.TRACES, properties.export().to(), TracingProperties.PREFIX + ".export.to");
	}

	@Bean
	@ConditionalOnMissingBean(IdGenerator.class)
	RandomIdGenerator adotIdGenerator(TracingProperties properties) {
		return switch (properties.idGenerator()) {
			case XRAY -> RandomIdGenerator.xray(Clock.systemUTC());
			case RANDOM -> RandomIdGenerator.w3c();
		};
	}

	@Bean
	@ConditionalOnMissingBean
	UrlRedactionCustomizer adotUrlRedactionCustomizer(TracingProperties properties) {
		return new UrlRedactionCustomizer(UrlRedaction.of(properties.redactedQueryParameters()));
	}

	@Bean
	@ConditionalOnMissingBean
	ExcludedPaths adotExcludedPaths(TracingProperties properties, Environment environment) {
		return ExcludedPaths.of(properties.excludedPaths(), environment);
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotTracingCustomizer")
	AutoConfigurationCustomizerProvider adotTracingCustomizer(ObjectProvider<IdGenerator> idGenerator,
			ExcludedPaths paths) {
		return (customizer) -> {
			customizer
				.addTracerProviderCustomizer((builder, config) -> builder.setIdGenerator(idGenerator.getObject()));
			if (!paths.isEmpty()) {
				customizer.addSamplerCustomizer((sampler, config) -> new ExcludedPathsSampler(paths, sampler));
			}
		};
	}

}
