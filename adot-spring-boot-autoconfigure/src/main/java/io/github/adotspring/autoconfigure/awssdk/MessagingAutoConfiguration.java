package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.awspring.cloud.sqs.listener.AbstractMessageListenerContainer;
import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/**
 * Traces that go on where a message is processed: the context is put into what is sent,
 * and taken from what is received, with the AWS SDK itself and with Spring Cloud AWS.
 */
@AutoConfiguration(after = AwsSdkAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnBean(ContextTracing.class)
public final class MessagingAutoConfiguration {

	MessagingAutoConfiguration() {
	}

	/**
	 * For applications that have a client of SQS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SqsClient.class)
	@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".enabled", matchIfMissing = true)
	@ImportRuntimeHints(SqsClientHints.class)
	static final class SqsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SqsCalls adotSqsCalls(MessagingProperties properties) {
			return new SqsCalls(properties);
		}

		@Bean
		@ConditionalOnMissingBean(name = "adotLeftOutSpansCustomizer")
		@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".empty-receives", havingValue = false,
				matchIfMissing = true)
		AutoConfigurationCustomizerProvider adotLeftOutSpansCustomizer() {
			return (customizer) -> customizer
				.addSpanProcessorCustomizer((processor, config) -> new LeftOutSpans(processor));
		}

		@Bean
		@ConditionalOnMissingBean(name = "adotSqsContextCarriers")
		ContextCarriers adotSqsContextCarriers() {
			return (openTelemetry) -> List.of(new SqsTraceHeader());
		}

		@Bean
		@ConditionalOnMissingBean
		static SqsClientBeans adotSqsClientBeans() {
			return new SqsClientBeans();
		}

	}

	/**
	 * For applications that have a client of SNS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SnsClient.class)
	@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".enabled", matchIfMissing = true)
	static final class SnsConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "adotSnsContextCarriers")
		ContextCarriers adotSnsContextCarriers(UpstreamTelemetry upstream) {
			return (openTelemetry) -> upstream.usesMessageAttributes()
					? List.of(new SnsBatchAttributes(openTelemetry.getPropagators().getTextMapPropagator()))
					: List.of();
		}

	}

	/**
	 * For applications that have a client of EventBridge.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EventBridgeClient.class)
	@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".enabled", matchIfMissing = true)
	static final class EventBridgeConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "adotEventBridgeContextCarriers")
		ContextCarriers adotEventBridgeContextCarriers() {
			return (openTelemetry) -> List.of(new EventBridgeTraceHeader());
		}

	}

	/**
	 * For applications that have a client of Lambda.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LambdaClient.class)
	static final class LambdaConfiguration {

		// Also without messages: upstream has to be kept from the global OpenTelemetry.
		@Bean
		@ConditionalOnMissingBean(name = "adotLambdaContextCarriers")
		ContextCarriers adotLambdaContextCarriers(MessagingProperties properties) {
			return (openTelemetry) -> List.of(new LambdaClientContext(properties.enabled()
					? openTelemetry.getPropagators().getTextMapPropagator() : TextMapPropagator.noop()));
		}

	}

	/**
	 * For applications that have Spring Cloud AWS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ AbstractMessageListenerContainer.class, Instrumenter.class })
	@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".enabled", matchIfMissing = true)
	static final class SpringCloudAwsConfiguration {

		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean
		ListenerContainers adotSqsListenerContainers(ListableBeanFactory beans,
				ObjectProvider<OpenTelemetry> openTelemetry) {
			return new ListenerContainers(beans, openTelemetry);
		}

	}

}
