package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.util.Map;

import io.github.adotspring.autoconfigure.aws.AwsCompute;
import org.jspecify.annotations.Nullable;

/**
 * Amazon EC2, as its instance metadata service describes it. Only version 2 of it is
 * spoken.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">Instance
 * metadata</a>
 */
final class Ec2Detector implements Detector {

	private static final String TTL_HEADER = "X-aws-ec2-metadata-token-ttl-seconds";

	private static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";

	private final Surroundings surroundings;

	private final Ec2MetadataService service;

	Ec2Detector(Surroundings surroundings) {
		this.surroundings = surroundings;
		this.service = new Ec2MetadataService(surroundings);
	}

	@Override
	public @Nullable String absence() {
		String disabledBy = this.service.disabledBy();
		if (disabledBy != null) {
			return disabledBy + " is true";
		}
		if (LambdaDetector.isHere(this.surroundings) || AppRunnerDetector.isHere(this.surroundings)
				|| EcsDetector.isFargate(this.surroundings)) {
			return "there is no instance of the account's own";
		}
		boolean here = this.service.isConfigured() || ElasticBeanstalkDetector.isHere(this.surroundings)
				|| new AwsCompute(this.surroundings::variable, this.surroundings.root()).isEc2();
		return here ? null : "the firmware does not name Amazon EC2";
	}

	@Override
	public Findings detect(MetadataClient client) throws IOException {
		String endpoint = this.service.endpoint();
		Map<String, String> token = Map.of(TOKEN_HEADER, token(client, endpoint));
		MetadataJson document = client.getJson(endpoint + "/latest/dynamic/instance-identity/document", token);
		if (document.text("instanceId") == null) {
			throw new IOException("the instance identity document has no instanceId");
		}
		Findings findings = Findings.on("aws_ec2")
			.put("cloud.account.id", document.text("accountId"))
			.put("cloud.region", document.text("region"))
			.put("cloud.availability_zone", document.text("availabilityZone"))
			.put("host.id", document.text("instanceId"))
			.put("host.type", document.text("instanceType"))
			.put("host.image.id", document.text("imageId"));
		try {
			findings.put("host.name", line(client.get(endpoint + "/latest/meta-data/hostname", token)));
		}
		catch (IOException ex) {
			findings.missing("host.name", String.valueOf(ex.getMessage()));
		}
		if (EksDetector.isKubernetes(this.surroundings)) {
			findings.put("k8s.cluster.name", clusterName(client, endpoint, token));
		}
		return findings;
	}

	private static String token(MetadataClient client, String endpoint) throws IOException {
		return client.put(endpoint + "/latest/api/token", Map.of(TTL_HEADER, "60")).strip();
	}

	/**
	 * It looks like this when the answer is dropped on its way into a container.
	 */
	@Override
	public String adviceOnSilence() {
		return "; for a container, the hop limit of the instance metadata must be 2 or more";
	}

	/**
	 * The tag that EKS gives to its nodes, where the instance shows its tags.
	 */
	private static @Nullable String clusterName(MetadataClient client, String endpoint, Map<String, String> token) {
		try {
			return line(client.get(endpoint + "/latest/meta-data/tags/instance/eks:cluster-name", token));
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Services that answer with something else answer with more than a line.
	 */
	private static @Nullable String line(String answer) {
		String line = answer.strip();
		return line.chars().allMatch((character) -> character > ' ' && character < 127) ? line : null;
	}

}
