package io.github.adotspring.autoconfigure.cloudwatch;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.cloudwatch.MetricDataClient.Timeouts;
import io.github.adotspring.autoconfigure.datum.ApplicationName;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryExecutor;
import io.github.adotspring.autoconfigure.delivery.DeliveryProperties;
import io.github.adotspring.autoconfigure.delivery.QueuedDestination;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Metrics to Amazon CloudWatch through {@code PutMetricData}. A {@link CloudWatchClient}
 * of the application, such as that of Spring Cloud AWS, is used.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(CloudWatchApiProperties.class)
public final class CloudWatchApiAutoConfiguration {

	private static final String CLIENT = "software.amazon.awssdk.services.cloudwatch.CloudWatchClient";

	CloudWatchApiAutoConfiguration() {
	}

	/**
	 * With the client of the AWS SDK.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = CLIENT)
	static final class WithSdk {

		/** Calls at a time, each of which holds a thread of the delivery. */
		private static final int CALLS = 2;

		private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

		@Bean
		@ConditionalOnMissingBean
		MetricDataClient adotMetricDataClient(CloudWatchApiProperties properties, DeliveryProperties delivery,
				AwsEndpoints endpoints, ObjectProvider<AwsCredentials> credentials,
				ObjectProvider<CloudWatchClient> applicationClient) {
			Duration attempt = Objects.requireNonNullElse(delivery.requestTimeout(), REQUEST_TIMEOUT);
			return new MetricDataClient(applicationClient::getIfUnique, endpoint(properties, endpoints),
					credentials::getObject, new Timeouts(delivery.timeout(), attempt));
		}

		@Bean
		@ConditionalOnMissingBean
		CloudWatchApiDestinationProvider adotCloudWatchApiDestinationProvider(CloudWatchApiProperties properties,
				DeliveryProperties delivery, MetricDataClient client, DeliveryExecutor executor,
				Environment environment) {
			String namespace = Objects.requireNonNullElseGet(properties.namespace(),
					() -> ApplicationName.of(environment));
			DatumTranslator translator = new DatumTranslator(properties.serviceDimensions(),
					properties.isHighResolution());
			return new CloudWatchApiDestinationProvider(translator, namespace, new QueuedDestination(
					new MetricDataSender(client, translator, namespace), CALLS, delivery, executor));
		}

		private static Supplier<AwsEndpoint> endpoint(CloudWatchApiProperties properties, AwsEndpoints endpoints) {
			URI url = properties.endpoint();
			return (url != null)
					? () -> endpoints.resolve(AwsService.MONITORING, url, CloudWatchApiProperties.PREFIX + ".endpoint")
					: () -> endpoints.resolveInRegion(AwsService.MONITORING, "");
		}

	}

	/**
	 * Without it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(CLIENT)
	static final class WithoutSdk {

		@Bean
		@ConditionalOnMissingBean
		MissingSdkDestinationProvider adotMissingSdkDestinationProvider() {
			return new MissingSdkDestinationProvider();
		}

	}

}
