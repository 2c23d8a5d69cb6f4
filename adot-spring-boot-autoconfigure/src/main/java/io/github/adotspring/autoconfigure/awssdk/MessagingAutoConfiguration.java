package io.github.adotspring.autoconfigure.awssdk;

import io.awspring.cloud.sqs.listener.AbstractMessageListenerContainer;
import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.awssdk.v2_2.AwsSdkTelemetry;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Traces that go on where a message is processed: the context is put into what is sent,
 * and taken from what is received, with the AWS SDK itself and with Spring Cloud AWS.
 */
@AutoConfiguration(after = AwsSdkAutoConfiguration.class)
@ConditionalOnEnabledAdot
@ConditionalOnClass({ SdkClient.class, AwsSdkTelemetry.class })
@ConditionalOnBooleanProperty(name = AwsSdkProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(MessagingProperties.class)
public final class MessagingAutoConfiguration {

	MessagingAutoConfiguration() {
	}

	/**
	 * For applications that have a client of SQS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SqsClient.class)
	@ConditionalOnBooleanProperty(name = MessagingProperties.PREFIX + ".enabled", matchIfMissing = true)
	static final class SqsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SqsTraceHeader adotSqsTraceHeader() {
			return new SqsTraceHeader();
		}

		@Bean
		@ConditionalOnMissingBean
		static SqsClientBeans adotSqsClientBeans() {
			return new SqsClientBeans();
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
