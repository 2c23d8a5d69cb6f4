package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.github.adotspring.autoconfigure.testing.Connection;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EcsDetector}.
 */
final class EcsDetectorTests {

	private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

	private static final String V3 = "ECS_CONTAINER_METADATA_URI";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void taskOnAnInstanceIsDescribed() {
		try (ScriptedEndpoint metadata = MetadataServer.ecs(MetadataBodies.ECS_ON_EC2,
				MetadataBodies.ECS_TASK_ON_EC2)) {
			DetectorReport report = detect(this.place.variable(V4, metadata.url("/v4/id")));
			assertThat(report.attributes()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
					Map.entry("cloud.provider", "aws"), Map.entry("cloud.platform", "aws_ecs"),
					Map.entry("cloud.region", "us-gov-west-1"), Map.entry("cloud.account.id", "111122223333"),
					Map.entry("cloud.availability_zone", "us-gov-west-1a"),
					Map.entry("cloud.resource_id",
							"arn:aws-us-gov:ecs:us-gov-west-1:111122223333:container/0206b271-b33f-47ab-86c6-a0ba208a70a9"),
					Map.entry("aws.ecs.container.arn",
							"arn:aws-us-gov:ecs:us-gov-west-1:111122223333:container/0206b271-b33f-47ab-86c6-a0ba208a70a9"),
					Map.entry("aws.ecs.cluster.arn", "arn:aws-us-gov:ecs:us-gov-west-1:111122223333:cluster/shop"),
					Map.entry("aws.ecs.task.arn",
							"arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task/shop/8f03e41243824aea923aca126495f665"),
					Map.entry("aws.ecs.task.id", "8f03e41243824aea923aca126495f665"),
					Map.entry("aws.ecs.task.family", "orders"), Map.entry("aws.ecs.task.revision", "24"),
					Map.entry("aws.ecs.launchtype", "ec2"),
					Map.entry("container.id", "ea32192c8553fbff06c9340478a2ff089b2bb5646fb718b4ee206641c9086d66"),
					Map.entry("container.name", "ecs-orders-24-orders-cca48e8dcadd97805600"),
					Map.entry("container.image.name", "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/orders"),
					Map.entry("container.image.tags", List.of("1.4.2")),
					Map.entry("container.image.id",
							"sha256:d691691e9652791a60114e67b365688d20d19940dde7c4736ea30e660d8d3553"),
					Map.entry("aws.log.group.names", List.of("/ecs/orders")),
					Map.entry("aws.log.group.arns",
							List.of("arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/ecs/orders:*")),
					Map.entry("aws.log.stream.names", List.of("ecs/orders/8f03e41243824aea923aca126495f665")),
					Map.entry("aws.log.stream.arns",
							List.of("arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/ecs/orders:log-stream:"
									+ "ecs/orders/8f03e41243824aea923aca126495f665"))));
			assertThat(report.missing()).isEmpty();
		}
	}

	@Test
	void taskOnFargateIsDescribedInItsPartition() {
		try (ScriptedEndpoint metadata = MetadataServer.ecs(MetadataBodies.ECS_ON_FARGATE,
				MetadataBodies.ECS_TASK_ON_FARGATE)) {
			assertThat(detect(this.place.variable(V4, metadata.url("/v4/id"))).attributes())
				.containsEntry("aws.ecs.cluster.arn", "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/shop")
				.containsEntry("aws.ecs.launchtype", "fargate")
				.containsEntry("container.id", "cd189a933e5849daa93386466019ab50-2495160603")
				.containsEntry("container.image.name", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/orders")
				.containsEntry("cloud.region", "cn-north-1")
				.containsEntry("aws.log.group.arns",
						List.of("arn:aws-cn:logs:cn-north-1:111122223333:log-group:/ecs/orders:*"))
				.doesNotContainKey("container.image.tags");
		}
	}

	@Test
	void versionThreeIsAskedWhereThereIsNoFour() {
		try (ScriptedEndpoint metadata = MetadataServer.ecs(MetadataBodies.ECS_ON_EC2,
				MetadataBodies.ECS_TASK_ON_EC2)) {
			this.place.variable(V3, metadata.url("/v3/id"));
			assertThat(detect(this.place).attributes()).containsEntry("aws.ecs.task.family", "orders");
			detect(this.place.variable(V4, metadata.url("/v4/id")));
			assertThat(metadata.requests()).extracting(ReceivedRequest::path)
				.containsExactly("/v3/id", "/v3/id/task", "/v4/id", "/v4/id/task");
		}
	}

	@Test
	void containerIsDescribedWithoutItsTask() {
		try (ScriptedEndpoint metadata = MetadataServer.start(Map.of("/v4/id", MetadataBodies.ECS_ON_FARGATE))) {
			DetectorReport report = detect(this.place.variable(V4, metadata.url("/v4/id")));
			assertThat(report.outcome()).isEqualTo(Outcome.DETECTED);
			assertThat(report.attributes()).containsEntry("cloud.region", "cn-north-1")
				.doesNotContainKey("aws.ecs.task.arn");
			assertThat(report.missing()).containsEntry("aws.ecs.task.arn",
					"HTTP 404 from " + metadata.url("/v4/id/task"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"TaskARN\":7,\"Cluster\":\"shop\",\"LaunchType\":[]}",
			"{\"TaskARN\":\"arn:aws\",\"Cluster\":\"shop\"}", "{\"LogDriver\":\"awslogs\",\"LogOptions\":\"none\"}" })
	void whatIsNotAsExpectedIsLeftOut(String body) {
		try (ScriptedEndpoint metadata = MetadataServer.ecs(body, body)) {
			DetectorReport report = detect(this.place.variable(V4, metadata.url("/v4/id")));
			assertThat(report.outcome()).isEqualTo(Outcome.DETECTED);
			assertThat(report.attributes()).containsEntry("cloud.platform", "aws_ecs")
				.doesNotContainKeys("aws.ecs.cluster.arn", "aws.ecs.launchtype", "aws.log.group.names");
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "orders, orders, -", "orders:1, orders, 1", "localhost:5000/orders, localhost:5000/orders, -",
					"localhost:5000/orders:1@sha256:2, localhost:5000/orders, 1" })
	void imageIsTakenApart(String image, String name, String tag) {
		try (ScriptedEndpoint metadata = MetadataServer.ecs("{\"Image\":\"" + image + "\"}", "{}")) {
			Map<String, Object> attributes = detect(this.place.variable(V4, metadata.url("/v4/id"))).attributes();
			assertThat(attributes.get("container.image.name")).isEqualTo(name);
			assertThat(attributes.get("container.image.tags")).isEqualTo((tag != null) ? List.of(tag) : null);
		}
	}

	@Test
	void serviceThatNeverAnswersEndsWithinTheBound() {
		try (ScriptedEndpoint metadata = ScriptedEndpoint.start(Connection::readToEnd)) {
			PlatformDetection detection = Detections.in(this.place.variable(V4, metadata.url("/v4/id")).surroundings(),
					Detections.properties("timeout=100ms"));
			DetectorReport report = Detections.report(detection, DetectorName.ECS);
			assertThat(report.outcome()).isEqualTo(Outcome.TIMED_OUT);
			assertThat(report.reason()).isEqualTo("there was no answer within 100 ms");
			metadata.awaitEnds(1);
		}
	}

	private static DetectorReport detect(Place place) {
		return Detections.report(Detections.in(place), DetectorName.ECS);
	}

}
