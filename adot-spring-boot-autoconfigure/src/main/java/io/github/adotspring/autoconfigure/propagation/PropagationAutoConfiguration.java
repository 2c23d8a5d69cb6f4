package io.github.adotspring.autoconfigure.propagation;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * X-Ray's header: propagators {@code xray} and {@code xray-lambda}. Which are used, and
 * in which order, {@code otel.propagators} says.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
public final class PropagationAutoConfiguration {

	PropagationAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotXrayPropagator")
	XrayPropagatorProvider adotXrayPropagator() {
		return new XrayPropagatorProvider("xray", XrayPropagator.getInstance());
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotXrayLambdaPropagator")
	XrayPropagatorProvider adotXrayLambdaPropagator() {
		return new XrayPropagatorProvider("xray-lambda", XrayLambdaPropagator.ofProcess());
	}

	@Bean
	@ConditionalOnMissingBean
	PropagationCustomizer adotPropagationCustomizer() {
		return new PropagationCustomizer();
	}

}
