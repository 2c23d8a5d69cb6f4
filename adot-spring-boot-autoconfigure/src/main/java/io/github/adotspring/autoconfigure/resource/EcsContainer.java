package io.github.adotspring.autoconfigure.resource;

import org.jspecify.annotations.Nullable;

/**
 * The container in the task metadata of ECS, and where its log goes.
 */
final class EcsContainer {

	private EcsContainer() {
	}

	static void describe(MetadataJson container, Findings findings) {
		Arn arn = Arn.parse(container.text("ContainerARN"));
		findings.put("container.id", container.text("DockerId"))
			.put("container.name", container.text("DockerName"))
			.put("container.image.id", container.text("ImageID"));
		if (arn != null) {
			findings.put("aws.ecs.container.arn", arn.toString())
				.put("cloud.resource_id", arn.toString())
				.put("cloud.region", arn.region())
				.put("cloud.account.id", arn.account());
		}
		describeImage(container.text("Image"), findings);
		if ("awslogs".equals(container.text("LogDriver"))) {
			describeLog(container.object("LogOptions"), arn, findings);
		}
	}

	/**
	 * A tag follows the last colon, unless that is the port of the registry; a digest
	 * follows an at sign.
	 */
	private static void describeImage(@Nullable String image, Findings findings) {
		if (image == null) {
			return;
		}
		int at = image.indexOf('@');
		String tagged = (at < 0) ? image : image.substring(0, at);
		int colon = tagged.lastIndexOf(':');
		boolean hasTag = colon > tagged.lastIndexOf('/');
		findings.put("container.image.name", hasTag ? tagged.substring(0, colon) : tagged)
			.putOnly("container.image.tags", hasTag ? tagged.substring(colon + 1) : null);
	}

	private static void describeLog(MetadataJson options, @Nullable Arn container, Findings findings) {
		String group = options.text("awslogs-group");
		String stream = options.text("awslogs-stream");
		findings.putOnly("aws.log.group.names", group).putOnly("aws.log.stream.names", stream);
		if (group == null || container == null) {
			return;
		}
		String region = options.text("awslogs-region");
		Arn log = container.sibling("logs", "log-group:" + group)
			.inRegion((region != null) ? region : container.region());
		findings.putOnly("aws.log.group.arns", log + ":*");
		if (stream != null) {
			findings.putOnly("aws.log.stream.arns", log + ":log-stream:" + stream);
		}
	}

}
