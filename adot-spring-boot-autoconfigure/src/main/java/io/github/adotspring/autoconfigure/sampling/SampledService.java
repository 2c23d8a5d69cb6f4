package io.github.adotspring.autoconfigure.sampling;

import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What sampling rules ask of a process, which stays the same while it runs.
 *
 * @param name name of the service
 * @param type what X-Ray calls the platform it runs on
 * @param arn ARN of what it runs on
 */
record SampledService(@Nullable String name, @Nullable String type, @Nullable String arn) {

	private static final AttributeKey<String> NAME = AttributeKey.stringKey("service.name");

	private static final AttributeKey<String> PLATFORM = AttributeKey.stringKey("cloud.platform");

	private static final AttributeKey<String> CONTAINER_ARN = AttributeKey.stringKey("aws.ecs.container.arn");

	private static final AttributeKey<String> RESOURCE_ID = AttributeKey.stringKey("cloud.resource_id");

	private static final String LAMBDA = "aws_lambda";

	private static final Map<String, String> TYPES = Map.of("aws_ec2", "AWS::EC2::Instance", "aws_ecs",
			"AWS::ECS::Container", "aws_eks", "AWS::EKS::Container", "aws_elastic_beanstalk",
			"AWS::ElasticBeanstalk::Environment", LAMBDA, "AWS::Lambda::Function");

	static SampledService of(Resource resource) {
		String platform = resource.getAttribute(PLATFORM);
		return new SampledService(resource.getAttribute(NAME), (platform != null) ? TYPES.get(platform) : null,
				arn(resource, platform));
	}

	private static @Nullable String arn(Resource resource, @Nullable String platform) {
		String container = resource.getAttribute(CONTAINER_ARN);
		return (container == null && LAMBDA.equals(platform)) ? resource.getAttribute(RESOURCE_ID) : container;
	}

}
