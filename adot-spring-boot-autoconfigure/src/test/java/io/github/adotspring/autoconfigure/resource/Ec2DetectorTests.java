package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import io.github.adotspring.autoconfigure.testing.Connection;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Ec2Detector}.
 */
final class Ec2DetectorTests {

	private static final String DOCUMENT_PATH = "/latest/dynamic/instance-identity/document";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void instanceIsDescribedByItsIdentityDocument() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()));
			assertThat(Detections.report(detection, DetectorName.EC2).attributes())
				.containsExactlyInAnyOrderEntriesOf(Map.of("cloud.provider", "aws", "cloud.platform", "aws_ec2",
						"cloud.account.id", "123456789012", "cloud.region", "eu-west-1", "cloud.availability_zone",
						"eu-west-1b", "host.id", "i-0123456789abcdef0", "host.type", "m7g.large", "host.image.id",
						"ami-0123456789abcdef0", "host.name", MetadataBodies.HOST_NAME));
			assertThat(metadata.requests()).extracting(ReceivedRequest::method, ReceivedRequest::path)
				.containsExactly(tuple("PUT", "/latest/api/token"), tuple("GET", DOCUMENT_PATH),
						tuple("GET", "/latest/meta-data/hostname"));
		}
	}

	@Test
	void versionOneOfTheServiceIsNotSpoken() {
		try (ScriptedEndpoint metadata = MetadataServer
			.start(Map.of(DOCUMENT_PATH, MetadataBodies.IDENTITY_DOCUMENT))) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()));
			assertFailed(detection, "HTTP 404 from " + metadata.url("/latest/api/token"));
			assertThat(metadata.requests()).extracting(ReceivedRequest::method).containsExactly("PUT");
		}
	}

	@Test
	void whatIsLackingIsLeftOutAndNamed() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2(Map.of(DOCUMENT_PATH, """
				{"instanceId":"i-1","region":["eu-west-1"],"accountId":null,"imageId":" "}"""))) {
			DetectorReport report = Detections.report(Detections.in(this.place.instance(metadata.url())),
					DetectorName.EC2);
			assertThat(report.outcome()).isEqualTo(Outcome.DETECTED);
			assertThat(report.attributes()).containsOnlyKeys("cloud.provider", "cloud.platform", "host.id");
			assertThat(report.missing()).containsEntry("host.name",
					"HTTP 404 from " + metadata.url("/latest/meta-data/hostname"));
		}
	}

	@Test
	void clusterNameIsTakenFromTheTagsOfANode() {
		try (ScriptedEndpoint metadata = MetadataServer
			.ec2(Map.of(DOCUMENT_PATH, MetadataBodies.IDENTITY_DOCUMENT, "/latest/meta-data/hostname",
					MetadataBodies.HOST_NAME, "/latest/meta-data/tags/instance/eks:cluster-name", "shop-eks"))) {
			PlatformDetection detection = Detections
				.in(this.place.instance(metadata.url()).variable("KUBERNETES_SERVICE_HOST", "172.20.0.1"));
			assertThat(Detections.attributes(detection)).containsEntry("k8s.cluster.name", "shop-eks");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "TRUE" })
	void disabledServiceIsNotAsked(String value) {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			PlatformDetection detection = Detections
				.in(this.place.instance(metadata.url()).variable("AWS_EC2_METADATA_DISABLED", value));
			assertAbsent(detection, "AWS_EC2_METADATA_DISABLED is true");
			assertThat(metadata.requests()).isEmpty();
		}
	}

	@Test
	void propertyOfTheSdkDecidesBeforeTheVariable() {
		assertAbsent(Detections.in(this.place.instance(URI.create("http://127.0.0.1:1"))
			.property("aws.disableEc2Metadata", "true")
			.variable("AWS_EC2_METADATA_DISABLED", "false")), "aws.disableEc2Metadata is true");
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url())
				.property("aws.disableEc2Metadata", "false")
				.variable("AWS_EC2_METADATA_DISABLED", "true"));
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isEqualTo(Outcome.DETECTED);
		}
	}

	@ParameterizedTest
	@CsvSource({ "AWS_LAMBDA_FUNCTION_NAME, orders", "AWS_EXECUTION_ENV, AWS_ECS_FARGATE",
			"AWSAPPRUNNER_SERVICE, orders" })
	void platformsWithoutAnInstanceOfTheirOwnDoNotAskForOne(String variable, String value) {
		try (ScriptedEndpoint metadata = MetadataServer.ec2()) {
			assertAbsent(Detections.in(this.place.instance(metadata.url()).variable(variable, value)),
					"there is no instance of the account's own");
			assertThat(metadata.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, http://169.254.169.254", "IPv4, -, http://169.254.169.254",
					"IPv6, -, http://[fd00:ec2::254]", "ipv6, -, http://[fd00:ec2::254]",
					"IPv6, http://127.0.0.1:8080/, http://127.0.0.1:8080", "-, 127.0.0.1:8080, http://127.0.0.1:8080" })
	void endpointIsWhereTheSdkIsToldThatItIs(String mode, String endpoint, String expected) {
		Place byVariable = new Place(this.root);
		Place byProperty = new Place(this.root);
		if (mode != null) {
			byVariable.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", mode);
			byProperty.property("aws.ec2MetadataServiceEndpointMode", mode);
		}
		if (endpoint != null) {
			byVariable.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
			byProperty.property("aws.ec2MetadataServiceEndpoint", endpoint);
		}
		assertThat(new Ec2MetadataService(byVariable.surroundings()).endpoint()).isEqualTo(expected);
		assertThat(new Ec2MetadataService(byProperty.surroundings()).endpoint()).isEqualTo(expected);
	}

	@Test
	void endpointMayBeOverriddenAsForTheAgent() {
		assertThat(endpoint(this.place.variable("OTEL_AWS_IMDS_ENDPOINT_OVERRIDE", "127.0.0.1:1")))
			.isEqualTo("http://127.0.0.1:1");
		assertThat(endpoint(this.place.property("otel.aws.imds.endpointOverride", "127.0.0.1:2")))
			.isEqualTo("http://127.0.0.1:2");
	}

	private static String endpoint(Place place) {
		return new Ec2MetadataService(place.surroundings()).endpoint();
	}

	@Test
	void serviceThatNeverAnswersEndsWithinTheBound() {
		try (ScriptedEndpoint metadata = ScriptedEndpoint.start(Connection::readToEnd)) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()).surroundings(),
					Detections.properties("timeout=100ms"));
			assertSilent(detection);
			metadata.awaitEnds(1);
		}
	}

	@Test
	void serviceThatAnswersByTheByteEndsWithinTheBound() {
		Semaphore bytes = new Semaphore(Integer.MAX_VALUE);
		Script endlessHeaders = (connection) -> {
			connection.readRequest();
			connection.send("HTTP/1.1 200 OK\r\n");
			while (true) {
				connection.send("x: y\r\n", bytes);
			}
		};
		try (ScriptedEndpoint metadata = ScriptedEndpoint.start(endlessHeaders)) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()).surroundings(),
					Detections.properties("timeout=300ms"));
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isNotEqualTo(Outcome.DETECTED);
			metadata.awaitEnds(1);
		}
	}

	@Test
	void bodyThatNeverEndsIsNotReadForEver() {
		try (ScriptedEndpoint metadata = ScriptedEndpoint.start(Script.endless(200))) {
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()));
			assertFailed(detection,
					"the answer from " + metadata.url("/latest/api/token") + " is longer than any should be");
			metadata.awaitEnds(1);
		}
	}

	@Test
	void refusedConnectionIsTold() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = closed.getLocalPort();
		}
		DetectorReport report = Detections
			.report(Detections.in(this.place.instance(URI.create("http://127.0.0.1:" + port))), DetectorName.EC2);
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.reason()).contains("ConnectException").contains("refused");
	}

	@Test
	void redirectIsNotFollowed() {
		try (ScriptedEndpoint elsewhere = MetadataServer.ec2();
				ScriptedEndpoint metadata = ScriptedEndpoint
					.start(Script.redirect(302, elsewhere.url("/latest/api/token")))) {
			assertFailed(Detections.in(this.place.instance(metadata.url())),
					"HTTP 302 from " + metadata.url("/latest/api/token"));
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void proxyIsNotAsked() {
		try (ScriptedEndpoint proxy = MetadataServer.start(Map.of());
				ScriptedEndpoint metadata = MetadataServer.ec2();
				SystemProperties properties = new SystemProperties()) {
			properties.set("http.proxyHost", "127.0.0.1")
				.set("http.proxyPort", String.valueOf(proxy.url().getPort()))
				.set("http.nonProxyHosts", "");
			PlatformDetection detection = Detections.in(this.place.instance(metadata.url()));
			assertThat(Detections.report(detection, DetectorName.EC2).outcome()).isEqualTo(Outcome.DETECTED);
			assertThat(proxy.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>", "[]", "\"i-1\"", "{\"instanceId\":", "{\"instanceId\":{}}", "{}" })
	void documentThatIsNoneIsAFailure(String document) {
		try (ScriptedEndpoint metadata = MetadataServer.ec2(Map.of(DOCUMENT_PATH, document))) {
			DetectorReport report = Detections.report(Detections.in(this.place.instance(metadata.url())),
					DetectorName.EC2);
			assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(report.reason()).isIn("the answer from " + metadata.url(DOCUMENT_PATH) + " is not JSON",
					"the answer from " + metadata.url(DOCUMENT_PATH) + " is not an object of JSON",
					"the instance identity document has no instanceId");
		}
	}

	@Test
	void depthOfADocumentIsBounded() {
		try (ScriptedEndpoint metadata = MetadataServer.ec2(Map.of(DOCUMENT_PATH, "[".repeat(200_000)))) {
			assertThat(
					Detections.report(Detections.in(this.place.instance(metadata.url())), DetectorName.EC2).outcome())
				.isEqualTo(Outcome.FAILED);
		}
	}

	@Test
	void tokenThatCanNotBeAHeaderIsAFailure() {
		String twoLines = Script.text(200, "to\r\nken");
		try (ScriptedEndpoint metadata = ScriptedEndpoint.start(Script.each((request) -> twoLines))) {
			DetectorReport report = Detections.report(Detections.in(this.place.instance(metadata.url())),
					DetectorName.EC2);
			assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(report.reason()).isEqualTo("a request to " + metadata.url(DOCUMENT_PATH) + " could not be made");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://127.0.0.1", "file:///etc/passwd", "http://me:secret@127.0.0.1", "http://a b" })
	void onlyPlainHttpIsSpoken(String endpoint) {
		DetectorReport report = Detections.report(
				Detections.in(this.place.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint)), DetectorName.EC2);
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.reason())
			.isEqualTo("the URL that is configured is not one of plain HTTP and without credentials");
	}

	private static void assertFailed(PlatformDetection detection, String reason) {
		DetectorReport report = Detections.report(detection, DetectorName.EC2);
		assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(report.reason()).isEqualTo(reason);
		assertThat(Detections.attributes(detection)).isEmpty();
	}

	private static void assertAbsent(PlatformDetection detection, String reason) {
		DetectorReport report = Detections.report(detection, DetectorName.EC2);
		assertThat(report.outcome()).isEqualTo(Outcome.ABSENT);
		assertThat(report.reason()).isEqualTo(reason);
	}

	private static void assertSilent(PlatformDetection detection) {
		DetectorReport report = Detections.report(detection, DetectorName.EC2);
		assertThat(report.outcome()).isEqualTo(Outcome.TIMED_OUT);
		assertThat(report.reason())
			.isEqualTo("there was no answer within 100 ms; for a container, the hop limit of the "
					+ "instance metadata must be 2 or more");
		assertThat(report.attributes()).isEmpty();
	}

}
