package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider;
import io.github.adotspring.autoconfigure.delivery.MetricsDestinationProvider.InProcess;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link CloudWatchApiAutoConfiguration}, {@link CloudWatchApiProperties} and
 * {@link MissingSdkDestinationProvider}.
 */
final class CloudWatchApiAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, CloudWatchApiAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(CloudWatchApiAutoConfiguration.class.getName());
	}

	@Test
	void bringsTheDestination() {
		this.runner.run((context) -> {
			MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
			assertThat(provider.exportTo()).isEqualTo(MetricsExportTo.CLOUDWATCH_API);
			assertThat(provider.isDelta()).isTrue();
			assertThat(provider.translator()).isInstanceOf(MetricDataSplitter.class);
			assertThat(provider.connection()).isInstanceOf(InProcess.class);
			assertThat(provider.describe()).isEqualTo("Amazon CloudWatch with PutMetricData, namespace default");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(CloudWatchApiAutoConfiguration.class)
				.doesNotHaveBean(MetricsDestinationProvider.class));
	}

	@Test
	void saysWhichDependencyIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.cloudwatch"))
			.run((context) -> {
				MetricsDestinationProvider provider = context.getBean(MetricsDestinationProvider.class);
				assertThat(provider.exportTo()).isEqualTo(MetricsExportTo.CLOUDWATCH_API);
				assertThat(catchThrowable(provider::translator)).isNotNull();
				FailureAnalysis analysis = FailureAnalyses.of(catchThrowable(provider::connection));
				assertThat(analysis.getDescription())
					.isEqualTo("Property 'management.adot.metrics.export.to' has the value 'cloudwatch-api', "
							+ "but the AWS SDK's client for CloudWatch is not on the class path.");
				assertThat(analysis.getAction())
					.startsWith("Add the dependency 'software.amazon.awssdk:cloudwatch' in the version of");
			});
	}

	@Test
	void usesTheClientOfTheApplicationAndDoesNotCloseIt() {
		RecordingClient client = new RecordingClient();
		this.runner.withBean("own", CloudWatchClient.class, () -> client, (bean) -> bean.setDestroyMethodName(""))
			.withPropertyValues("spring.application.name=shop")
			.run((context) -> {
				InProcess connection = (InProcess) context.getBean(MetricsDestinationProvider.class).connection();
				byte[] message = Metrics.message(Metrics.gauge(1)).toByteArray();
				assertThat(connection.destination().deliver(PayloadFixtures.metrics(message, 1)).join())
					.isEqualTo(Outcome.delivered(200));
				context.close();
				assertThat(client.request.namespace()).isEqualTo("shop");
				assertThat(client.request.metricData()).hasSize(1);
				assertThat(client.closed).isFalse();
			});
	}

	/**
	 * It may be made of the SDK, for which the destination is made.
	 */
	@Test
	void leavesTheClientOfTheApplicationForLater() {
		AtomicBoolean made = new AtomicBoolean();
		this.runner.withBean("own", CloudWatchClient.class, () -> {
			made.set(true);
			return new RecordingClient();
		}, (bean) -> bean.setLazyInit(true)).run((context) -> {
			assertThat(context.getBean(MetricsDestinationProvider.class).connection()).isNotNull();
			assertThat(made).isFalse();
		});
	}

	@Test
	void doesNotMakeTheClientOfTheApplicationAtTheStart() {
		this.runner.withBean("own", CloudWatchClient.class, () -> {
			throw SdkClientException.create("Unable to load region");
		}, (bean) -> bean.setLazyInit(true)).run((context) -> {
			InProcess connection = (InProcess) context.getBean(MetricsDestinationProvider.class).connection();
			byte[] message = Metrics.message(Metrics.gauge(1)).toByteArray();
			assertThat(connection.destination().deliver(PayloadFixtures.metrics(message, 1)).join().failure())
				.isEqualTo(Failure.NOT_CONFIGURED);
		});
	}

	@Test
	void opensNothingAtTheStart() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before));
	}

	@Test
	void readsItsProperties() {
		this.runner.withPropertyValues("management.adot.metrics.cloudwatch-api.namespace=shop/orders",
				"management.adot.metrics.cloudwatch-api.endpoint=https://vpce-1.monitoring.eu-west-1.vpce.amazonaws.com",
				"management.adot.metrics.cloudwatch-api.service-dimensions=false",
				"management.adot.metrics.cloudwatch-api.storage-resolution=1")
			.run((context) -> {
				CloudWatchApiProperties properties = context.getBean(CloudWatchApiProperties.class);
				assertThat(properties.isHighResolution()).isTrue();
				assertThat(properties.serviceDimensions()).isFalse();
				assertThat(properties.namespace()).isEqualTo("shop/orders");
				assertThat(properties.endpoint()).hasHost("vpce-1.monitoring.eu-west-1.vpce.amazonaws.com");
			});
	}

	@ParameterizedTest
	@CsvSource({ "namespace, AWS/shop", "namespace, :shop", "namespace, a&b", "endpoint, monitoring.amazonaws.com",
			"endpoint, ftp://host", "storage-resolution, 30" })
	void refusesWhatCanNotWork(String name, String value) {
		this.runner.withPropertyValues("management.adot.metrics.cloudwatch-api." + name + "=" + value)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()))
				.extracting(FailureAnalysis::getDescription, InstanceOfAssertFactories.STRING)
				.startsWith("Property 'management.adot.metrics.cloudwatch-api." + name + "' has the value '"));
	}

	@Test
	void refusesANamespaceThatIsTooLong() {
		this.runner.withPropertyValues("management.adot.metrics.cloudwatch-api.namespace=" + "n".repeat(256))
			.run((context) -> assertThat(context).hasFailed());
	}

	/**
	 * A client that remembers what it was asked for.
	 */
	private static final class RecordingClient implements CloudWatchClient {

		private volatile PutMetricDataRequest request;

		private volatile boolean closed;

		@Override
		public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
			this.request = request;
			return (PutMetricDataResponse) PutMetricDataResponse.builder()
				.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build())
				.build();
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
