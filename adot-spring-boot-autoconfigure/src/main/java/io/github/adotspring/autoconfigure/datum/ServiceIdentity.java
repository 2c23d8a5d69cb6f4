package io.github.adotspring.autoconfigure.datum;

import java.util.Map;
import java.util.stream.Stream;

import io.opentelemetry.proto.resource.v1.Resource;

/**
 * The dimensions {@code Service} and {@code Environment}, by which Application Signals
 * finds the metrics of a service. ADOT adds them to every metric.
 *
 * @param service value of {@code Service}
 * @param environment value of {@code Environment}
 */
public record ServiceIdentity(String service, String environment) {

	private static final String UNKNOWN = "UnknownService";

	private static final String SDK_DEFAULT = "unknown_service";

	private static final Map<String, String> PLATFORMS = Map.of("aws_ec2", "ec2", "aws_ecs", "ecs", "aws_eks", "eks",
			"aws_lambda", "lambda");

	/**
	 * Find the identity.
	 * @param resource the resource of a service
	 * @return its identity, with what ADOT calls a service whose resource does not tell
	 */
	public static ServiceIdentity of(Resource resource) {
		String name = text(resource, "service.name");
		String environment = Stream.of("deployment.environment.name", "deployment.environment")
			.map((key) -> text(resource, key))
			.filter((value) -> !value.isEmpty())
			.findFirst()
			.orElseGet(() -> PLATFORMS.getOrDefault(text(resource, "cloud.platform"), "generic") + ":default");
		return new ServiceIdentity((name.isEmpty() || name.startsWith(SDK_DEFAULT)) ? UNKNOWN : name, environment);
	}

	private static String text(Resource resource, String key) {
		return resource.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.map((attribute) -> attribute.getValue().getStringValue().strip())
			.findFirst()
			.orElse("");
	}

}
