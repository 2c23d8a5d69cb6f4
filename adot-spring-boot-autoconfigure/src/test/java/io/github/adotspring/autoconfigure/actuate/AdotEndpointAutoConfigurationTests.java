package io.github.adotspring.autoconfigure.actuate;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.metrics.MeterGuard;
import io.github.adotspring.autoconfigure.metrics.MetricsBill;
import io.github.adotspring.autoconfigure.metrics.MetricsPrices;
import io.github.adotspring.autoconfigure.resource.DetectorReport;
import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.github.adotspring.autoconfigure.resource.ResourceReport;
import io.github.adotspring.autoconfigure.sampling.SamplingReport;
import io.github.adotspring.autoconfigure.tracing.PathExclusions;
import io.github.adotspring.autoconfigure.tracing.TracingAutoConfiguration;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AdotEndpointAutoConfiguration} and what {@link AdotEndpoint} is
 * without the web.
 */
final class AdotEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=adot";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				TracingAutoConfiguration.class, AdotEndpointAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(AdotEndpointAutoConfiguration.class.getName());
	}

	@Test
	void isThereOnceItIsExposed() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(AdotEndpoint.class)
				.hasSingleBean(AdotEndpointWebExtension.class));
	}

	@Test
	void isNotThereUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(AdotEndpoint.class)
			.doesNotHaveBean(AdotEndpointWebExtension.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true",
			"management.endpoint.adot.access=NONE" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(EXPOSED, property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdotEndpoint.class));
	}

	@Test
	void stepsBackWithoutTheActuator() {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(DeliveryReports.class)
				.doesNotHaveBean(AdotEndpointAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.health", "io.micrometer" })
	void needsNothingElse(String missing) {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context.getBean(AdotEndpoint.class).adot().signals())
				.containsOnlyKeys("traces", "metrics", "logs"));
	}

	@Test
	void stepsBackForAnEndpointOfTheApplication() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(AdotEndpoint.class).hasBean("ownEndpoint"));
	}

	@Test
	void tellsSamplerAndResourceAsTheyAreExported() {
		this.runner.withConfiguration(AutoConfigurations.of(OpenTelemetryAutoConfiguration.class))
			.withPropertyValues(EXPOSED, "management.adot.export.to=none", "otel.metrics.exporter=none",
					"otel.logs.exporter=none", "otel.traces.sampler=always_off", "otel.resource.attributes=team=blue")
			.withUserConfiguration(ResourceOfTheApplication.class)
			.run((context) -> {
				AdotDescriptor adot = context.getBean(AdotEndpoint.class).adot();
				assertThat(adot.sampler()).contains("AlwaysOffSampler");
				assertThat(adot.resource().attributes()).containsEntry("team", "blue").containsEntry("stage", "test");
			});
	}

	@Test
	void tellsWhatBecameOfEachDetector() {
		ResourceReport report = () -> List.of(
				new DetectorReport("eks", Outcome.DETECTED, null, Duration.ofMillis(3), Map.of("cloud.region", "x"),
						Map.of("k8s.cluster.name", "nobody tells", "k8s.pod.name", "there is no token")),
				new DetectorReport("ec2", Outcome.TIMED_OUT, "there was no answer", null, Map.of(), Map.of()));
		this.runner.withConfiguration(AutoConfigurations.of(OpenTelemetryAutoConfiguration.class))
			.withPropertyValues(EXPOSED, "management.adot.export.to=none", "otel.metrics.exporter=none",
					"otel.logs.exporter=none", "otel.resource.attributes=k8s.cluster.name=shop")
			.withBean(ResourceReport.class, () -> report)
			.run((context) -> {
				assertThat(context.getBean(OpenTelemetry.class)).isNotNull();
				AdotDescriptor adot = context.getBean(AdotEndpoint.class).adot();
				assertThat(adot.resource().attributes()).containsEntry("k8s.cluster.name", "shop");
				assertThat(adot.resource().detectors()).containsExactly(
						new DetectorDescriptor("eks", Outcome.DETECTED, null, 3L, Set.of("cloud.region"),
								Map.of("k8s.pod.name", "there is no token")),
						new DetectorDescriptor("ec2", Outcome.TIMED_OUT, "there was no answer", null, null, null));
			});
	}

	@Test
	void tellsWhatMetricsCostOnceSomeWereSent() {
		MetricsPrices prices = new MetricsPrices(YearMonth.of(2026, 11), 0.50, 0.30, 0.50, 0.01, 0.90);
		MetricsBill bill = new MetricsBill(prices, Clock.systemUTC());
		this.runner.withPropertyValues(EXPOSED).withBean(MetricsBill.class, () -> bill).run((context) -> {
			AdotEndpoint endpoint = context.getBean(AdotEndpoint.class);
			assertThat(endpoint.adot().bill()).isNull();
			bill.sent("emf", new byte[0]);
			JsonNode json = JsonMapper.shared().valueToTree(endpoint.adot()).at("/bill/emf");
			assertThat(json.propertyNames()).containsExactly("series", "dataPointsPerMinute", "charges", "usdPerMonth",
					"pricesAsOf", "note");
			assertThat(json.at("/charges/0").toString())
				.isEqualTo("{\"unit\":\"custom metrics\",\"perMonth\":0.0,\"usdPerMonth\":0.0}");
			assertThat(json.path("pricesAsOf").asString()).isEqualTo("2026-11");
		});
	}

	@Test
	void tellsNothingOfCostsWhereNobodyCountsThem() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context.getBean(AdotEndpoint.class).adot().bill()).isNull());
	}

	@Test
	void isAnMBeanWithTheSameTasks() {
		this.runner
			.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class, EndpointAutoConfiguration.class,
					JmxEndpointAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=adot",
					"management.adot.export.to=none")
			.run((context) -> {
				assertThat(context).hasSingleBean(AdotEndpoint.class).doesNotHaveBean(AdotEndpointWebExtension.class);
				assertThat(invoke("run", "check")).isInstanceOfSatisfying(Map.class,
						(check) -> assertThat(check.get("ok")).isEqualTo(true));
				assertThat(invoke("adot")).isInstanceOf(Map.class);
				assertThatExceptionOfType(ReflectionException.class).isThrownBy(() -> invoke("run", "restart"))
					.withMessageContaining("There is no task 'restart', only 'check'");
			});
	}

	private static Object invoke(String operation, Object... parameters) throws Exception {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Adot");
		return server.invoke(name, operation, parameters, new String[0]);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		AdotEndpoint ownEndpoint(DeliveryReports reports, ExportedResource resource,
				ObjectProvider<ResourceReport> detection, ObjectProvider<OpenTelemetry> openTelemetry,
				ObjectProvider<MetricsBill> bill, ObjectProvider<MeterGuard> meters,
				ObjectProvider<SamplingReport> sampling, ObjectProvider<PathExclusions> exclusions) {
			return new AdotEndpoint(reports, resource, detection, openTelemetry, bill, meters, sampling, exclusions);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ResourceOfTheApplication {

		@Bean
		AutoConfigurationCustomizerProvider stage() {
			return (customizer) -> customizer.addResourceCustomizer(
					(resource, config) -> resource.toBuilder().put(AttributeKey.stringKey("stage"), "test").build());
		}

	}

}
