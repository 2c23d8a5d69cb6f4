package io.github.adotspring.autoconfigure.resource;

import java.nio.file.Path;
import java.util.Map;

import io.github.adotspring.autoconfigure.resource.DetectorReport.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EksDetector}.
 */
final class EksDetectorTests {

	private static final String CLAIMS = """
			{"aud":["https://kubernetes.default.svc"],"exp":1798761600,"iat":1767225600,
			"iss":"https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
			"kubernetes.io":{"namespace":"shop","node":{"name":"ip-10-0-1-23.eu-west-1.compute.internal","uid":"1"},
			"pod":{"name":"orders-7d9c5b6f4-x2x7k","uid":"0f6b7b0e-5a0f-4a7e-9a3b-3d6a1c1e2f00"},
			"serviceaccount":{"name":"orders","uid":"2"}},
			"nbf":1767225600,"sub":"system:serviceaccount:shop:orders"}""";

	private static final String EKS_POD_IDENTITY = "http://169.254.170.23/v1/credentials";

	@TempDir
	private Path root;

	private Place place;

	@BeforeEach
	void place() {
		this.place = new Place(this.root);
	}

	@Test
	void podIsDescribedByItsToken() {
		DetectorReport report = detect(this.place.pod(CLAIMS));
		assertThat(report.outcome()).isEqualTo(Outcome.DETECTED);
		assertThat(report.attributes())
			.containsExactlyInAnyOrderEntriesOf(Map.of("cloud.provider", "aws", "cloud.platform", "aws_eks",
					"cloud.region", "eu-west-1", "k8s.namespace.name", "shop", "k8s.pod.name", "orders-7d9c5b6f4-x2x7k",
					"k8s.pod.uid", "0f6b7b0e-5a0f-4a7e-9a3b-3d6a1c1e2f00", "k8s.node.name", MetadataBodies.HOST_NAME));
	}

	@Test
	void unknownNameOfTheClusterIsExplained() {
		assertThat(detect(this.place.pod(CLAIMS)).missing()).containsEntry("k8s.cluster.name",
				"a pod is not told the name of its cluster; set 'management.adot.resource.eks.cluster-name'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EKS_CLUSTER_NAME", "K8S_CLUSTER_NAME" })
	void nameOfTheClusterIsThatOfTheVariable(String variable) {
		DetectorReport report = detect(this.place.pod(CLAIMS).variable(variable, "shop-eks"));
		assertThat(report.attributes()).containsEntry("k8s.cluster.name", "shop-eks");
		assertThat(report.missing()).isEmpty();
	}

	@Test
	void propertyNamesTheClusterBeforeVariables() {
		assertThat(detect(this.place.pod(CLAIMS).variable("EKS_CLUSTER_NAME", "other"), "eks.cluster-name=shop-eks")
			.attributes()).containsEntry("k8s.cluster.name", "shop-eks");
	}

	@ParameterizedTest
	@CsvSource({ "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0A, cn-north-1",
			"https://oidc.eks.us-gov-west-1.amazonaws.com/id/0A, us-gov-west-1",
			"https://oidc-eks.eu-central-1.api.aws/id/0A, eu-central-1",
			"https://oidc.eks.eusc-de-east-1.amazonaws.eu/id/0A, eusc-de-east-1" })
	void regionIsThatOfTheIssuerInAllPartitions(String issuer, String region) {
		assertThat(detect(this.place.pod("{\"iss\":\"" + issuer + "\"}")).attributes())
			.containsEntry("cloud.region", region)
			.containsEntry("k8s.namespace.name", "shop");
	}

	@Test
	void podIdentityTellsEksWithoutATokenOfTheServiceAccount() {
		this.place.variable("KUBERNETES_SERVICE_HOST", "172.20.0.1")
			.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", EKS_POD_IDENTITY)
			.variable("AWS_REGION", "eu-west-2");
		assertThat(detect(this.place).attributes()).containsEntry("cloud.platform", "aws_eks")
			.containsEntry("cloud.region", "eu-west-2");
		this.place.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://[fd00:ec2::23]/v1/credentials")
			.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/secrets/pods.eks.amazonaws.com/token")
			.file("/var/run/secrets/pods.eks.amazonaws.com/token", Place.token(CLAIMS));
		assertThat(detect(this.place).attributes()).containsEntry("k8s.pod.name", "orders-7d9c5b6f4-x2x7k")
			.containsEntry("cloud.region", "eu-west-1");
	}

	@Test
	void roleOfTheServiceAccountTellsEks() {
		String file = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token";
		this.place.variable("KUBERNETES_SERVICE_HOST", "172.20.0.1").variable("AWS_WEB_IDENTITY_TOKEN_FILE", file);
		assertThat(detect(this.place).outcome()).isEqualTo(Outcome.DETECTED);
		assertThat(detect(this.place.file(file, Place.token(CLAIMS))).attributes()).containsEntry("cloud.region",
				"eu-west-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://kubernetes.default.svc.cluster.local", "https://container.googleapis.com/v1/x" })
	void otherKubernetesIsNotEks(String issuer) {
		DetectorReport report = detect(this.place.pod("{\"iss\":\"" + issuer + "\"}"));
		assertThat(report.outcome()).isEqualTo(Outcome.ABSENT);
		assertThat(report.reason()).isEqualTo("no token in the pod is from EKS");
	}

	@Test
	void tokenOfEksOutsideOfKubernetesIsNotThePodOne() {
		DetectorReport report = detect(
				this.place.file("/var/run/secrets/kubernetes.io/serviceaccount/token", Place.token(CLAIMS)));
		assertThat(report.outcome()).isEqualTo(Outcome.ABSENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "token", "a.b", "a.%%%.c", "a..c", "a.e30.c", "a.W10.c", "a.b.c.d" })
	void tokenThatIsNoneDoesNotThrow(String token) {
		this.place.variable("KUBERNETES_SERVICE_HOST", "172.20.0.1")
			.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", EKS_POD_IDENTITY)
			.file("/var/run/secrets/kubernetes.io/serviceaccount/token", token);
		assertThat(detect(this.place).attributes()).containsOnlyKeys("cloud.provider", "cloud.platform");
	}

	@Test
	void claimsThatAreNotJsonAreToldWithoutThem() {
		DetectorReport report = detect(this.place.pod("secret https://oidc.eks."));
		assertThat(report.outcome()).isEqualTo(Outcome.DETECTED);
		assertThat(report.missing()).containsEntry("k8s.pod.name", "the token is not JSON");
	}

	@Test
	void hugeTokenIsNotRead() {
		this.place.pod(CLAIMS)
			.file("/var/run/secrets/kubernetes.io/serviceaccount/token", "x".repeat(100_000) + Place.token(CLAIMS));
		assertThat(detect(this.place).outcome()).isEqualTo(Outcome.ABSENT);
	}

	private static DetectorReport detect(Place place, String... properties) {
		return Detections.report(Detections.in(place, properties), DetectorName.EKS);
	}

}
