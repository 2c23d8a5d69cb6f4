package io.github.adotspring.autoconfigure.metrics;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Traces for what is measured of observations that end on another thread. Before Boot's,
 * because of all handlers that make meters the first one handles an observation.
 */
@AutoConfiguration(beforeName = "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration")
@ConditionalOnEnabledAdot
@ConditionalOnClass({ DefaultMeterObservationHandler.class, Observation.class })
public final class ExemplarsAutoConfiguration {

	ExemplarsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	TracedMeterHandler adotTracedMeterHandler(ObjectProvider<DefaultMeterObservationHandler> handler) {
		return new TracedMeterHandler(handler.getIfUnique());
	}

}
