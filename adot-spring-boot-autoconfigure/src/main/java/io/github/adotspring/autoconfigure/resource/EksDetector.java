package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.resource.ServiceAccountToken.Claims;
import org.jspecify.annotations.Nullable;

/**
 * Amazon EKS, as the tokens in a pod describe it. The API of Kubernetes is not asked,
 * because pods are not allowed to unless somebody says so.
 */
final class EksDetector implements Detector {

	private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

	private static final String WEB_IDENTITY_TOKEN = "AWS_WEB_IDENTITY_TOKEN_FILE";

	private static final String POD_IDENTITY_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

	/** The agent of EKS Pod Identity, on each node. */
	private static final Set<String> POD_IDENTITY_HOSTS = Set.of("169.254.170.23", "[fd00:ec2::23]");

	private final Surroundings surroundings;

	private final @Nullable String clusterName;

	EksDetector(Surroundings surroundings, @Nullable String clusterName) {
		this.surroundings = surroundings;
		this.clusterName = clusterName;
	}

	static boolean isKubernetes(Surroundings surroundings) {
		return surroundings.variable("KUBERNETES_SERVICE_HOST") != null;
	}

	@Override
	public @Nullable String absence() {
		if (!isKubernetes(this.surroundings)) {
			return "KUBERNETES_SERVICE_HOST is not set";
		}
		boolean here = hasPodIdentity() || hasRoleOfServiceAccount()
				|| tokens().anyMatch(ServiceAccountToken::mentionsEks);
		return here ? null : "no token in the pod is from EKS";
	}

	private boolean hasPodIdentity() {
		String uri = this.surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
		try {
			return uri != null && POD_IDENTITY_HOSTS.contains(String.valueOf(URI.create(uri).getHost()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private boolean hasRoleOfServiceAccount() {
		String file = this.surroundings.variable(WEB_IDENTITY_TOKEN);
		return file != null && file.contains("/eks.amazonaws.com/");
	}

	private Stream<ServiceAccountToken> tokens() {
		return Stream
			.of(SERVICE_ACCOUNT + "token", this.surroundings.variable(WEB_IDENTITY_TOKEN),
					this.surroundings.variable(POD_IDENTITY_TOKEN))
			.filter(Objects::nonNull)
			.map((file) -> ServiceAccountToken.parse(this.surroundings.read(file)))
			.filter(Objects::nonNull);
	}

	@Override
	public Findings detect(MetadataClient client) {
		Findings findings = Findings.on("aws_eks")
			.put("cloud.region", this.surroundings.variable("AWS_REGION"))
			.put("k8s.namespace.name", this.surroundings.read(SERVICE_ACCOUNT + "namespace"));
		tokens().forEach((token) -> describe(token, findings));
		String cluster = clusterName();
		return (cluster != null) ? findings.put("k8s.cluster.name", cluster) : findings.missing("k8s.cluster.name",
				"a pod is not told the name of its cluster; set '" + ResourceProperties.PREFIX + ".eks.cluster-name'");
	}

	private static void describe(ServiceAccountToken token, Findings findings) {
		try {
			Claims claims = token.claims();
			findings.put("cloud.region", claims.region())
				.put("k8s.namespace.name", claims.namespace())
				.put("k8s.pod.name", claims.pod())
				.put("k8s.pod.uid", claims.podUid())
				.put("k8s.node.name", claims.node());
		}
		catch (IOException ex) {
			findings.missing("k8s.pod.name", String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable String clusterName() {
		return Stream
			.of(this.clusterName, this.surroundings.variable("EKS_CLUSTER_NAME"),
					this.surroundings.variable("K8S_CLUSTER_NAME"))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
