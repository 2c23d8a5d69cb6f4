package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Amazon ECS, as its task metadata describes it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html">Task
 * metadata</a>
 */
final class EcsDetector implements Detector {

	private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

	private static final String V3 = "ECS_CONTAINER_METADATA_URI";

	private final Surroundings surroundings;

	EcsDetector(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	static boolean isFargate(Surroundings surroundings) {
		return "AWS_ECS_FARGATE".equals(surroundings.variable("AWS_EXECUTION_ENV"));
	}

	@Override
	public @Nullable String absence() {
		if (AppRunnerDetector.isHere(this.surroundings)) {
			return "the task is App Runner's own";
		}
		return (endpoint() != null) ? null : V4 + " is not set";
	}

	private @Nullable String endpoint() {
		String v4 = this.surroundings.variable(V4);
		return (v4 != null) ? v4 : this.surroundings.variable(V3);
	}

	@Override
	public Findings detect(MetadataClient client) throws IOException {
		String endpoint = Objects.requireNonNull(endpoint());
		MetadataJson container = client.getJson(endpoint, Map.of());
		Findings findings = Findings.on("aws_ecs");
		EcsContainer.describe(container, findings);
		try {
			describeTask(client.getJson(endpoint + "/task", Map.of()), findings);
		}
		catch (IOException ex) {
			findings.missing("aws.ecs.task.arn", String.valueOf(ex.getMessage()));
		}
		return findings;
	}

	private static void describeTask(MetadataJson task, Findings findings) {
		String text = task.text("TaskARN");
		Arn arn = Arn.parse(text);
		String launchType = task.text("LaunchType");
		findings.put("aws.ecs.task.arn", text)
			.put("aws.ecs.task.family", task.text("Family"))
			.put("aws.ecs.task.revision", task.text("Revision"))
			.put("aws.ecs.launchtype", (launchType != null) ? launchType.toLowerCase(Locale.ROOT) : null)
			.put("cloud.availability_zone", task.text("AvailabilityZone"));
		if (arn != null) {
			findings.put("aws.ecs.task.id", arn.resource().substring(arn.resource().lastIndexOf('/') + 1))
				.put("cloud.region", arn.region())
				.put("cloud.account.id", arn.account());
		}
		findings.put("aws.ecs.cluster.arn", clusterArn(task.text("Cluster"), arn));
	}

	/**
	 * Container instances tell the name of the cluster, and Fargate the ARN.
	 */
	private static @Nullable String clusterArn(@Nullable String cluster, @Nullable Arn task) {
		if (cluster == null || Arn.parse(cluster) != null) {
			return cluster;
		}
		return (task != null) ? task.sibling("ecs", "cluster/" + cluster).toString() : null;
	}

}
