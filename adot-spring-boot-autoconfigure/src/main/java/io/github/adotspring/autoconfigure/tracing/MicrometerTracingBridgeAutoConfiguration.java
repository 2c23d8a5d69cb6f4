package io.github.adotspring.autoconfigure.tracing;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Lets Boot's own tracing work with upstream's SDK, so that there is one: what Boot would
 * make beside it is that of upstream's. Not for an {@link OpenTelemetry} bean of the
 * application, which may itself be made of Boot's parts.
 */
@AutoConfiguration(after = OpenTelemetryAutoConfiguration.class, beforeName = {
		"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
		"org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration" })
@ConditionalOnEnabledAdot
@ConditionalOnClass(name = "io.micrometer.tracing.otel.bridge.OtelTracer")
@ConditionalOnBean(AutoConfiguredOpenTelemetrySdk.class)
public final class MicrometerTracingBridgeAutoConfiguration {

	MicrometerTracingBridgeAutoConfiguration() {
	}

	/**
	 * Otherwise observations of messages would not know the X-Ray header.
	 */
	@Bean
	@ConditionalOnMissingBean
	ContextPropagators adotContextPropagators(OpenTelemetry openTelemetry) {
		return openTelemetry.getPropagators();
	}

	/**
	 * The SDK itself closes it.
	 */
	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	SdkTracerProvider adotSdkTracerProvider(AutoConfiguredOpenTelemetrySdk sdk) {
		return sdk.getOpenTelemetrySdk().getSdkTracerProvider();
	}

}
