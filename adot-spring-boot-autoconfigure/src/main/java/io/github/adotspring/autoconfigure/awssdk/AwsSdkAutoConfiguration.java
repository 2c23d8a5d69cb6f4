package io.github.adotspring.autoconfigure.awssdk;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import software.amazon.awssdk.core.SdkClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Spans of AWS SDK for Java 2.x clients: beans and those that an application or a library
 * makes itself. An {@link AwsSdkTelemetry} bean of the application is used instead of one
 * that is made from properties.
 */
@AutoConfiguration(after = OpenTelemetryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnClass({ SdkClient.class, AwsSdkTelemetry.class })
@ConditionalOnBooleanProperty(name = { AwsSdkProperties.PREFIX + ".enabled", "otel.instrumentation.aws-sdk.enabled" },
		matchIfMissing = true)
@EnableConfigurationProperties({ AwsSdkProperties.class, MessagingProperties.class })
@ImportRuntimeHints(AwsSdkRuntimeHints.class)
public final class AwsSdkAutoConfiguration {

	AwsSdkAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	UpstreamTelemetry adotAwsSdkTelemetry(AwsSdkProperties properties, MessagingProperties messaging,
			Environment environment) {
		return new UpstreamTelemetry(properties, messaging, environment);
	}

	// Nothing asks for it, so a lazy application would go without.
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	ContextTracing adotAwsSdkTracing(AwsSdkProperties properties, ObjectProvider<OpenTelemetry> openTelemetry,
			ObjectProvider<AwsSdkTelemetry> applicationTelemetry, UpstreamTelemetry upstream,
			ObjectProvider<ContextCarriers> carriers, ObjectProvider<QueueCalls> queueCalls) {
		CallAttributes attributes = new CallAttributes(
				new SignatureAttributes(properties.signingRegion(), properties.accessKeyId()));
		return new ContextTracing(ExcludedOperations.of(properties.excludedOperations()), openTelemetry,
				(sdk) -> new TracingInterceptor(
						new GuardedInterceptor(applicationTelemetry.getIfAvailable(() -> upstream.create(sdk))
							.createExecutionInterceptor()),
						attributes,
						new SentContext(carriers.orderedStream().flatMap((some) -> some.of(sdk).stream()).toList()),
						queueCalls.getIfAvailable(() -> QueueCalls.ALL)));
	}

	@Bean
	@ConditionalOnMissingBean
	static AwsClientBeans adotAwsClientBeans(ObjectProvider<ContextTracing> tracing) {
		return new AwsClientBeans(tracing);
	}

}
