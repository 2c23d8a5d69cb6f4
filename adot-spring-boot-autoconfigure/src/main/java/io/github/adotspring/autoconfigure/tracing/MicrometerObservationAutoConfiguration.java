package io.github.adotspring.autoconfigure.tracing;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * With Boot's own tracing on the class path: observations make no spans of what the
 * instrumentation traces already.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
@ConditionalOnEnabledAdot
@ConditionalOnBooleanProperty(name = TracingProperties.PREFIX + ".deduplicate-observations", matchIfMissing = true)
@ConditionalOnClass(OtelTracer.class)
@ConditionalOnBean(OtelTracer.class)
public final class MicrometerObservationAutoConfiguration {

	/**
	 * Before the handlers of Boot, the first of which has 1000: the first one of all that
	 * make spans handles an observation.
	 */
	static final int ORDER = 900;

	MicrometerObservationAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotInstrumentedObservationHandler")
	@Order(ORDER)
	InstrumentedObservationHandler adotInstrumentedObservationHandler(Tracer tracer,
			ObjectProvider<Propagator> propagator, Environment environment, ListableBeanFactory beans) {
		return new InstrumentedObservationHandler(tracer, propagator.getIfAvailable(() -> Propagator.NOOP),
				InstrumentedObservations.of(environment, beans::containsBean));
	}

}
