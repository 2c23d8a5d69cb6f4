package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is detected arrives with the spans of an application, and how it goes
 * together with what the application says itself.
 */
final class DetectedResourceTests {

	private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void instanceArrivesWithTheSpans() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()))) {
			assertThat(application.exportedResource()).containsEntry("cloud.platform", "aws_ec2")
				.containsEntry("host.id", "i-0123456789abcdef0")
				.containsEntry("host.name", MetadataBodies.HOST_NAME)
				.containsKeys("host.arch", "os.type", "process.pid", "process.runtime.version", "service.instance.id");
			assertThat(metadata.requests()).hasSize(3);
		}
	}

	@Test
	void taskArrivesWithTheSpans() {
		try (ScriptedEndpoint metadata = MetadataServer.ecs(MetadataBodies.ECS_ON_FARGATE,
				MetadataBodies.ECS_TASK_ON_FARGATE);
				DetectedApplication application = DetectedApplication
					.start(this.place.variable(V4, metadata.url("/v4/id")))) {
			assertThat(application.exportedResource()).containsEntry("cloud.platform", "aws_ecs")
				.containsEntry("aws.ecs.cluster.arn", "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/shop")
				.containsEntry("container.id", "cd189a933e5849daa93386466019ab50-2495160603");
		}
	}

	@Test
	void podArrivesWithTheSpans() {
		this.place.pod("{\"iss\":\"https://oidc.eks.eu-west-1.amazonaws.com/id/0A\"}");
		try (DetectedApplication application = DetectedApplication.start(this.place,
				"management.adot.resource.eks.cluster-name=shop-eks")) {
			assertThat(application.exportedResource()).containsEntry("cloud.platform", "aws_eks")
				.containsEntry("k8s.cluster.name", "shop-eks")
				.containsEntry("k8s.namespace.name", "shop");
		}
	}

	@Test
	void detectionBeginsBeforeThereAreBeans() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()),
						WithoutSdk.class)) {
			metadata.awaitConnections(1);
			assertThat(application.bean(ResourceReport.class).detectors()).hasSize(6);
		}
	}

	@Test
	void nothingLocalThatSaysAwsMeansNoConnection() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place)) {
			assertThat(application.exportedResource()).doesNotContainKeys("cloud.provider", "cloud.platform");
			assertThat(application.bean(ResourceReport.class).detectors())
				.allSatisfy((report) -> assertThat(report.outcome()).isEqualTo(Outcome.ABSENT));
			assertThat(metadata.requests()).isEmpty();
		}
	}

	@Test
	void switchedOffMeansNoConnection() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()),
						"management.adot.resource.enabled=false")) {
			assertThat(application.exportedResource()).doesNotContainKey("cloud.provider");
			assertThat(application.bean(ResourceReport.class).detectors()).isEmpty();
			assertThat(metadata.requests()).isEmpty();
		}
	}

	@Test
	void propertiesThatJoinTheEnvironmentLaterCount() {
		MapPropertySource late = new MapPropertySource("late", Map.of("management.adot.resource.detectors", "lambda"));
		SpringApplicationBuilder builder = new SpringApplicationBuilder(DetectedApplication.Application.class)
			.initializers((context) -> context.getEnvironment().getPropertySources().addFirst(late));
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication application = DetectedApplication.start(this.place.instance(metadata.url()),
						builder)) {
			assertThat(application.exportedResource()).doesNotContainKey("cloud.provider");
			assertThat(application.bean(ResourceReport.class).detectors()).extracting(DetectorReport::detector)
				.containsExactly("lambda");
		}
	}

	@Test
	void contextsDoNotMix() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2();
				DetectedApplication first = DetectedApplication.start(this.place.instance(metadata.url()))) {
			try (DetectedApplication second = DetectedApplication.start(new Place(this.root.resolve("other")))) {
				assertThat(second.exportedResource()).doesNotContainKey("cloud.provider");
			}
			Map<String, Object> resource = first.exportedResource();
			assertThat(resource).containsEntry("cloud.platform", "aws_ec2");
			try (DetectedApplication third = DetectedApplication.start(this.place)) {
				assertThat(third.exportedResource().get("service.instance.id"))
					.isNotEqualTo(resource.get("service.instance.id"));
			}
		}
	}

	@Test
	void applicationNamesItsServiceBeforeThePlatform() {
		beanstalk();
		try (DetectedApplication application = DetectedApplication.start(this.place, WithBuild.class,
				"spring.application.name=orders", "spring.application.group=shop")) {
			assertThat(application.exportedResource()).containsEntry("cloud.platform", "aws_elastic_beanstalk")
				.containsEntry("service.name", "orders")
				.containsEntry("service.namespace", "shop")
				.containsEntry("service.version", "2.0.0")
				.containsEntry("deployment.environment.name", "orders-prod");
		}
	}

	@Test
	void platformNamesTheServiceOfAnApplicationThatDoesNot() {
		this.place.variable("AWS_LAMBDA_FUNCTION_NAME", "orders-function");
		try (DetectedApplication application = DetectedApplication.start(this.place)) {
			assertThat(application.exportedResource()).containsEntry("service.name", "orders-function");
		}
		beanstalk();
		try (DetectedApplication application = DetectedApplication.start(this.place)) {
			assertThat(application.exportedResource()).containsEntry("service.namespace", "orders-prod")
				.containsEntry("service.version", "orders-1.4.2");
		}
	}

	@Test
	void propertiesWinOverThePlatformAndThoseOfOtelOverAll() {
		beanstalk();
		try (DetectedApplication application = DetectedApplication.start(this.place,
				"management.opentelemetry.resource-attributes[cloud.account.id]=1",
				"management.opentelemetry.resource-attributes[deployment.environment.name]=test",
				"management.opentelemetry.resource-attributes[service.version]=3",
				"management.adot.resource.deployment-environment=staging",
				"otel.resource.attributes=service.version=4,service.instance.id=mine")) {
			assertThat(application.exportedResource()).containsEntry("cloud.account.id", "1")
				.containsEntry("deployment.environment.name", "staging")
				.containsEntry("service.version", "4")
				.containsEntry("service.instance.id", "mine");
		}
	}

	private void beanstalk() {
		this.place.variable("AWS_EC2_METADATA_DISABLED", "true")
			.file("/var/elasticbeanstalk/xray/environment.conf", MetadataBodies.BEANSTALK);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithBuild {

		@Bean
		BuildProperties buildProperties() {
			Properties properties = new Properties();
			properties.setProperty("version", "2.0.0");
			return new BuildProperties(properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutSdk {

	}

}
