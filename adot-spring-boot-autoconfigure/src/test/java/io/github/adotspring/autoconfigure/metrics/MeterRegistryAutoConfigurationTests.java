package io.github.adotspring.autoconfigure.metrics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.MetricsDelivery;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.testing.CollectedMetrics;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.registry.otlp.ExemplarContextProvider;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeterRegistryAutoConfiguration}.
 */
final class MeterRegistryAutoConfigurationTests {

	private static final String EXPONENTIAL = "management.otlp.metrics.export.histogram-flavor=base2_exponential_bucket_histogram";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(AwsAutoConfiguration.class,
			DeliveryAutoConfiguration.class, MetricsAutoConfiguration.class, MeterRegistryAutoConfiguration.class,
			org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
			CompositeMeterRegistryAutoConfiguration.class, OtlpMetricsExportAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues(EXPONENTIAL)
		.withUserConfiguration(Delivery.class);

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(MeterRegistryAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(OtlpMeterRegistry.class)
				.hasSingleBean(MeterGuard.class)
				.doesNotHaveBean(ObservationFilterOrder.class);
			assertThat(context.getBean(OtlpMetricsSender.class)).isInstanceOf(DeliveryMetricsSender.class);
			assertThat(context.getBean(ExemplarContextProvider.class)).isInstanceOf(SpanExemplars.class);
			assertThat(context.getBean(MeterGuard.class).maxSeriesPerMeter()).isEqualTo(1000);
			assertThat(context.getBean(MeterGuard.class).maxSeries()).isEqualTo(10_000);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property, "management.otlp.metrics.export.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MeterRegistryAutoConfiguration.class)
				.doesNotHaveBean(OtlpMetricsSender.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.otlp.metrics.export.enabled=false",
			"management.defaults.metrics.export.enabled=false" })
	void thereIsNoRegistryWhereBootsSwitchesAreOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OtlpMeterRegistry.class));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "io.micrometer", "io.micrometer.registry.otlp", "org.springframework.boot.micrometer.metrics" })
	void stepsBackWithout(String missing) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
					MetricsAutoConfiguration.class, MeterRegistryAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MetricsAutoConfiguration.class)
				.doesNotHaveBean(MeterRegistryAutoConfiguration.class));
	}

	@Test
	void leavesARegistryOfTheApplicationAlone() {
		this.runner.withUserConfiguration(OwnRegistry.class)
			.run((context) -> assertThat(context).hasSingleBean(OtlpMeterRegistry.class)
				.hasBean("ownRegistry")
				.doesNotHaveBean(MeterRegistryAutoConfiguration.class));
	}

	@Test
	void stepsBackForBeansOfTheApplication() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(OtlpMetricsSender.class)
				.hasBean("ownSender")
				.hasSingleBean(ExemplarContextProvider.class)
				.hasBean("ownExemplars"));
	}

	@Test
	void timersAndSummariesAreExponentialHistograms() {
		this.runner.run((context) -> {
			measure(context);
			assertThat(closed(context, "timer").getDataCase()).isEqualTo(DataCase.EXPONENTIAL_HISTOGRAM);
			assertThat(closed(context, "summary").getDataCase()).isEqualTo(DataCase.EXPONENTIAL_HISTOGRAM);
			assertThat(closed(context, "task").getDataCase()).isEqualTo(DataCase.HISTOGRAM);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.metrics.histograms=false",
			"management.otlp.metrics.export.histogram-flavor=explicit_bucket_histogram",
			"management.otlp.metrics.export.meter.timer.histogram-flavor=explicit_bucket_histogram",
			"management.metrics.distribution.percentiles-histogram.timer=false" })
	void theyAreNotWhereTheUserSaysOtherwise(String property) {
		this.runner.withPropertyValues(property).run((context) -> {
			measure(context);
			assertThat(closed(context, "timer").getHistogram().getDataPoints(0).getExplicitBoundsList()).isEmpty();
			assertThat(closed(context, "timer").getHistogram().getDataPoints(0).getCount()).isEqualTo(1);
		});
	}

	@Test
	void theyAreNotWhereTheMeterSaysOtherwise() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Timer.builder("off").publishPercentileHistogram(false).register(registry).record(Duration.ofMillis(3));
			Timer.builder("percentiles").publishPercentiles(0.5).register(registry).record(Duration.ofMillis(3));
			assertThat(closed(context, "off").getHistogram().getDataPoints(0).getExplicitBoundsList()).isEmpty();
			assertThat(closed(context, "percentiles").getDataCase()).isEqualTo(DataCase.SUMMARY);
		});
	}

	@Test
	void objectivesAreTheBuckets() {
		this.runner.withPropertyValues("management.metrics.distribution.slo.timer=10ms,1s")
			.withUserConfiguration(ObjectivesOfTheApplication.class)
			.run((context) -> {
				measure(context);
				assertThat(closed(context, "timer").getHistogram().getDataPoints(0).getExplicitBoundsList())
					.containsExactly(10.0, 1000.0);
				assertThat(closed(context, "summary").getHistogram().getDataPoints(0).getExplicitBoundsList())
					.containsExactly(5.0);
			});
	}

	@Test
	void metricsHaveTheScalarAttributesOfTheSdksResource() {
		this.runner.withConfiguration(AutoConfigurations.of(OpenTelemetryAutoConfiguration.class))
			.withPropertyValues("otel.traces.exporter=none", "otel.metrics.exporter=none", "otel.logs.exporter=none",
					"otel.service.name=shop", "management.opentelemetry.resource-attributes.only=registry")
			.run((context) -> {
				context.getBean("openTelemetry");
				measure(context);
				closed(context, "timer");
				List<KeyValue> attributes = context.getBean(CollectedMetrics.class)
					.messages()
					.get(0)
					.getResource()
					.getAttributesList();
				assertThat(CollectedMetrics.strings(attributes)).containsEntry("service.name", "shop")
					.containsEntry("telemetry.sdk.name", "opentelemetry")
					.doesNotContainKey("only");
				assertThat(attributes).extracting((attribute) -> attribute.getValue().getValueCase())
					.doesNotContain(ValueCase.ARRAY_VALUE, ValueCase.VALUE_NOT_SET);
			});
	}

	@Test
	void metricsKeepTheResourceOfTheRegistryWithoutAnSdk() {
		this.runner.withPropertyValues("spring.application.name=shop").run((context) -> {
			measure(context);
			closed(context, "timer");
			assertThat(CollectedMetrics
				.strings(context.getBean(CollectedMetrics.class).messages().get(0).getResource().getAttributesList()))
				.containsEntry("service.name", "shop")
				.containsEntry("telemetry.sdk.name", "io.micrometer");
		});
	}

	@Test
	void nothingIsSentWhereMetricsGoNowhere() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> context.getBean(OtlpMetricsSender.class).send(request("not sent")));
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withBean(MetricsDelivery.class, () -> new BrokenDelivery(false))
			.run((context) -> context.getBean(OtlpMetricsSender.class).send(request("not sent")));
	}

	@Test
	void aDeliveryThatFailsIsToldOnce() {
		try (LogLines log = LogLines.listen()) {
			new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
				.withBean(MetricsDelivery.class, () -> new BrokenDelivery(true))
				.run((context) -> {
					context.getBean(OtlpMetricsSender.class).send(request(""));
					context.getBean(OtlpMetricsSender.class).send(request(""));
					assertThat(log.lines()).filteredOn((line) -> line.startsWith("WARN"))
						.containsExactly("WARN Micrometer's metrics could not be handed to the delivery: "
								+ "java.lang.IllegalStateException: broken");
				});
		}
	}

	@Test
	void theFilterThatObservesRequestsIsInsideTheOneThatTracesThem() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, WebMvcObservationAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean("webMvcObservationFilter", FilterRegistrationBean.class))
				.satisfies((filter) -> assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 2))
				.satisfies((filter) -> assertThat(filter.getFilter()).isInstanceOf(ServerHttpObservationFilter.class)));
	}

	private static OtlpMetricsSender.Request request(String message) {
		return OtlpMetricsSender.Request.builder(message.getBytes(StandardCharsets.UTF_8)).build();
	}

	private static void measure(ApplicationContext context) {
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		Timer.builder("timer").register(registry).record(Duration.ofMillis(3));
		DistributionSummary.builder("summary").register(registry).record(3);
		LongTaskTimer.builder("task").register(registry).start();
	}

	/**
	 * A metric as the registry sends it when it is closed.
	 */
	private static Metric closed(ApplicationContext context, String name) {
		context.getBean(OtlpMeterRegistry.class).close();
		return context.getBean(CollectedMetrics.class).metric(name);
	}

	@Configuration(proxyBeanMethods = false)
	static class Delivery {

		@Bean
		CollectedMetrics collectedMetrics() {
			return new CollectedMetrics();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		OtlpMeterRegistry ownRegistry() {
			return new OtlpMeterRegistry((key) -> key.endsWith(".enabled") ? "false" : null, Clock.SYSTEM);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		OtlpMetricsSender ownSender() {
			return (request) -> {
			};
		}

		@Bean
		ExemplarContextProvider ownExemplars() {
			return () -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ObjectivesOfTheApplication {

		@Bean
		MeterFilter objectives() {
			return new MeterFilter() {

				@Override
				public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
					return id.getName().equals("summary")
							? DistributionStatisticConfig.builder().serviceLevelObjectives(5).build().merge(config)
							: config;
				}

			};
		}

	}

	/**
	 * A delivery that can't be.
	 *
	 * @param isDelivered whether it says that it can
	 */
	private record BrokenDelivery(boolean isDelivered) implements MetricsDelivery {

		@Override
		public CompletableFuture<Outcome> deliver(byte[] otlpMessage) {
			throw new IllegalStateException("broken");
		}

	}

}
