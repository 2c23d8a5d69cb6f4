package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.metrics.MeterGuard;
import io.github.adotspring.autoconfigure.metrics.MetricsBill;
import io.github.adotspring.autoconfigure.resource.ResourceReport;
import io.github.adotspring.autoconfigure.sampling.SamplingReport;
import io.github.adotspring.autoconfigure.tracing.PathExclusions;
import io.opentelemetry.api.OpenTelemetry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * The actuator endpoint {@code adot}.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class AdotEndpointAutoConfiguration {

	AdotEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	AdotEndpoint adotEndpoint(DeliveryReports reports, ExportedResource resource,
			ObjectProvider<ResourceReport> detection, ObjectProvider<OpenTelemetry> openTelemetry,
			ObjectProvider<MetricsBill> bill, ObjectProvider<MeterGuard> meters,
			ObjectProvider<SamplingReport> sampling, ObjectProvider<PathExclusions> exclusions) {
		return new AdotEndpoint(reports, resource, detection, openTelemetry, bill, meters, sampling, exclusions);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = AdotEndpoint.class, exposure = EndpointExposure.WEB)
	AdotEndpointWebExtension adotEndpointWebExtension(AdotEndpoint endpoint) {
		return new AdotEndpointWebExtension(endpoint);
	}

}
