package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.Map;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.tracing.TracingAutoConfiguration;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceAutoConfiguration}.
 */
final class ResourceAutoConfigurationTests {

	@TempDir
	private Path root;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ResourceAutoConfiguration.class));

	private final ApplicationContextRunner sdk = this.runner
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				TracingAutoConfiguration.class, OpenTelemetryAutoConfiguration.class))
		.withPropertyValues("management.adot.export.to=none", "otel.metrics.exporter=none", "otel.logs.exporter=none",
				"management.adot.resource.timeout=20s");

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(ResourceAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(BootResourceProvider.class)
			.hasSingleBean(InstanceIdProvider.class)
			.hasSingleBean(ResourceReport.class)
			.getBeanNames(PlatformResourceProvider.class)
			.containsExactlyInAnyOrder("adotPlatformServiceProvider", "adotPlatformResourceProvider"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(BootResourceProvider.class)
				.doesNotHaveBean(PlatformDetection.class)
				.doesNotHaveBean(PlatformResourceProvider.class));
	}

	@Test
	void backsOffForBeansOfTheUser() {
		InstanceIdProvider ids = new InstanceIdProvider();
		PlatformDetection detection = new PlatformDetection(new Place(this.root).surroundings());
		BootResourceProvider boot = new BootResourceProvider(new MockEnvironment(), Detections.properties());
		this.runner.withBean(InstanceIdProvider.class, () -> ids)
			.withBean(PlatformDetection.class, () -> detection)
			.withBean(BootResourceProvider.class, () -> boot)
			.run((context) -> {
				assertThat(context.getBean(InstanceIdProvider.class)).isSameAs(ids);
				assertThat(context.getBean(PlatformDetection.class)).isSameAs(detection);
				assertThat(context.getBean(BootResourceProvider.class)).isSameAs(boot);
			});
	}

	@Test
	void beansAskNobodyUntilTheSdkIsMade() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			Place place = new Place(this.root).instance(metadata.url());
			this.runner.withBean(PlatformDetection.class, () -> new PlatformDetection(place.surroundings()))
				.run((context) -> {
					assertThat(context.getBeansOfType(PlatformResourceProvider.class)).hasSize(2);
					assertThat(context.getBean(ResourceReport.class).detectors()).isEmpty();
					assertThat(metadata.requests()).isEmpty();
				});
		}
	}

	@Test
	void sdkIsMadeWithWhatWasFound() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			Place place = new Place(this.root).instance(metadata.url());
			this.sdk.withBean(PlatformDetection.class, () -> new PlatformDetection(place.surroundings()))
				.run((context) -> assertThat(
						resource(context.getBean(OpenTelemetry.class), context.getBean(ExportedResource.class)))
					.containsEntry("host.id", "i-0123456789abcdef0")
					.containsEntry("cloud.platform", "aws_ec2"));
		}
	}

	@Test
	void switchLeavesThePlatformOutAndKeepsTheApplication() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			Place place = new Place(this.root).instance(metadata.url());
			this.sdk.withBean(PlatformDetection.class, () -> new PlatformDetection(place.surroundings()))
				.withPropertyValues("management.adot.resource.enabled=false", "spring.application.group=shop")
				.run((context) -> assertThat(
						resource(context.getBean(OpenTelemetry.class), context.getBean(ExportedResource.class)))
					.containsEntry("service.namespace", "shop")
					.containsKey("service.instance.id")
					.doesNotContainKeys("host.id", "cloud.provider"));
			assertThat(metadata.requests()).isEmpty();
		}
	}

	private static Map<String, Object> resource(OpenTelemetry made, ExportedResource resource) {
		assertThat(made).isNotNull();
		return Detections.attributes(resource.resource().getAttributes());
	}

}
