package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.github.adotspring.autoconfigure.testing.Connection;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlatformDetection}: which detectors run, who wins, and how long it is
 * waited for them.
 */
final class PlatformDetectionTests {

	private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void moreSpecificPlatformWinsAndTheMachineIsDescribedToo() {
		try (ScriptedEndpoint ec2 = MetadataServer.ec2();
				ScriptedEndpoint ecs = MetadataServer.ecs(MetadataBodies.ECS_ON_EC2, MetadataBodies.ECS_TASK_ON_EC2)) {
			PlatformDetection detection = Detections.in(this.place.instance(ec2.url()).variable(V4, ecs.url("/v4/id")));
			assertThat(Detections.attributes(detection)).containsEntry("cloud.platform", "aws_ecs")
				.containsEntry("cloud.availability_zone", "us-gov-west-1a")
				.containsEntry("host.id", "i-0123456789abcdef0")
				.containsEntry("aws.ecs.task.family", "orders");
		}
	}

	@Test
	void orderOfDetectorsIsThatOfTheProperty() {
		try (ScriptedEndpoint ec2 = MetadataServer.ec2();
				ScriptedEndpoint ecs = MetadataServer.ecs(MetadataBodies.ECS_ON_EC2, MetadataBodies.ECS_TASK_ON_EC2)) {
			ResourceProperties properties = Detections.properties("detectors=ec2,ecs");
			PlatformDetection detection = Detections
				.in(this.place.instance(ec2.url()).variable(V4, ecs.url("/v4/id")).surroundings(), properties);
			assertThat(Detections.attributes(detection.await(properties))).containsEntry("cloud.platform", "aws_ec2")
				.containsEntry("aws.ecs.task.family", "orders");
			assertThat(detection.detectors()).extracting(DetectorReport::detector).containsExactly("ec2", "ecs");
		}
	}

	@Test
	void detectorThatIsNotListedDoesNotRun() {
		try (ScriptedEndpoint ec2 = MetadataServer.ec2()) {
			PlatformDetection detection = Detections.in(this.place.instance(ec2.url()), "detectors=lambda,ecs");
			assertThat(detection.detectors()).extracting(DetectorReport::detector).containsExactly("lambda", "ecs");
			assertThat(ec2.requests()).isEmpty();
		}
	}

	@Test
	void nothingIsLookedForWhenItIsOffOrTheListIsEmpty() {
		try (ScriptedEndpoint ec2 = MetadataServer.ec2()) {
			this.place.instance(ec2.url());
			assertThat(Detections.in(this.place, "enabled=false").detectors()).isEmpty();
			assertThat(Detections.in(this.place, "detectors=").detectors()).isEmpty();
			assertThat(ec2.requests()).isEmpty();
		}
	}

	@Test
	void nothingLocalThatSaysAwsMeansNoThread() {
		this.place.variable("AWS_REGION", "eu-west-1")
			.variable("KUBERNETES_SERVICE_HOST", "10.0.0.1")
			.file("/sys/devices/virtual/dmi/id/sys_vendor", "LENOVO\n");
		Surroundings surroundings = this.place.surroundings();
		PlatformDetection detection = new PlatformDetection(surroundings);
		detection.begin(Detections.properties());
		assertThat(detection.detectors()).hasSize(6)
			.allSatisfy((report) -> assertThat(report.outcome()).isEqualTo(Outcome.ABSENT));
		assertThat(threads()).isEmpty();
		assertThat(detection.await(Detections.properties()).isEmpty()).isTrue();
	}

	@Test
	void detectorsRunAtTheSameTimeOnDaemonThreads() {
		Semaphore go = new Semaphore(0);
		Script held = (connection) -> {
			connection.readRequest();
			go.acquireUninterruptibly();
			connection.send(Script.text(404, ""));
		};
		try (ScriptedEndpoint ec2 = ScriptedEndpoint.start(held); ScriptedEndpoint ecs = ScriptedEndpoint.start(held)) {
			PlatformDetection detection = new PlatformDetection(
					this.place.instance(ec2.url()).variable(V4, ecs.url("/v4/id")).surroundings());
			detection.begin(Detections.properties());
			ec2.awaitConnections(1);
			ecs.awaitConnections(1);
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isEqualTo(Outcome.RUNNING);
			assertThat(threads()).hasSize(2).allMatch(Thread::isDaemon);
			go.release(2);
			detection.await(Detections.properties());
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isEqualTo(Outcome.FAILED);
		}
	}

	@Test
	void oneThatDoesNotAnswerDoesNotTakeTheOthersAlong() {
		try (ScriptedEndpoint ec2 = ScriptedEndpoint.start(Connection::readToEnd)) {
			ResourceProperties properties = Detections.properties("timeout=200ms");
			PlatformDetection detection = new PlatformDetection(this.place.instance(ec2.url())
				.pod("{\"iss\":\"https://oidc.eks.eu-west-1.amazonaws.com/id/0A\"}")
				.surroundings());
			assertThat(Detections.attributes(detection.await(properties))).containsEntry("cloud.platform", "aws_eks")
				.doesNotContainKey("host.id");
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isEqualTo(Outcome.TIMED_OUT);
		}
	}

	@Test
	void answerAfterTheTimeIsNotUsed() {
		Semaphore go = new Semaphore(0);
		Script late = (connection) -> {
			connection.readRequest();
			go.acquireUninterruptibly();
			connection.send(Script.text(200, MetadataBodies.ECS_ON_FARGATE));
		};
		try (ScriptedEndpoint ecs = ScriptedEndpoint.start(late)) {
			ResourceProperties properties = Detections.properties("timeout=50ms");
			PlatformDetection detection = Detections.in(this.place.variable(V4, ecs.url("/v4/id")).surroundings(),
					properties);
			go.release();
			ecs.awaitEnds(1);
			assertThat(detection.await(properties).isEmpty()).isTrue();
			assertThat(Detections.report(detection, DetectorName.ECS).outcome()).isEqualTo(Outcome.TIMED_OUT);
		}
	}

	@Test
	void failuresAreOneLine() {
		try (LogLines log = LogLines.listen(); ScriptedEndpoint none = MetadataServer.start(Map.of())) {
			PlatformDetection detection = Detections
				.in(this.place.instance(none.url()).variable(V4, none.url("/v4/id")));
			detection.await(Detections.properties());
			assertThat(log.lines()).containsExactly(
					"WARN The resource of the telemetry lacks what these detectors could not find out: ecs (HTTP 404 from "
							+ none.url("/v4/id") + "); ec2 (HTTP 404 from " + none.url("/latest/api/token")
							+ "). Leave them out of 'management.adot.resource.detectors' if they are not needed.");
		}
	}

	@Test
	void successIsNoLine() {
		try (LogLines log = LogLines.listen(); ScriptedEndpoint ec2 = MetadataServer.ec2()) {
			Detections.in(this.place.instance(ec2.url()));
			assertThat(log.lines()).isEmpty();
		}
	}

	@Test
	void itIsDetectedOnceForTheSamePropertiesAndAnewForOthers() {
		try (ScriptedEndpoint ec2 = MetadataServer.ec2()) {
			PlatformDetection detection = Detections.in(this.place.instance(ec2.url()));
			detection.begin(Detections.properties());
			detection.await(Detections.properties());
			assertThat(ec2.requests()).hasSize(3);
			assertThat(detection.await(Detections.properties("detectors=lambda")).isEmpty()).isTrue();
			assertThat(detection.detectors()).extracting(DetectorReport::detector).containsExactly("lambda");
		}
	}

	@Test
	void interruptedStartGoesOnWithoutWhatIsNotThere() {
		try (ScriptedEndpoint ec2 = ScriptedEndpoint.start(Connection::readToEnd)) {
			Thread.currentThread().interrupt();
			PlatformDetection detection = Detections.in(this.place.instance(ec2.url()));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(Detections.report(detection, DetectorName.EC2).reason())
				.isEqualTo("the start of the application was interrupted");
		}
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("adot-resource-"))
			.toList();
	}

}
