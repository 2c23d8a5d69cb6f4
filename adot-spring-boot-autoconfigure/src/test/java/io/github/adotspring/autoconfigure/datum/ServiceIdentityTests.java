package io.github.adotspring.autoconfigure.datum;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceIdentity}.
 */
final class ServiceIdentityTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			test-service, prod, -, -, test-service, prod
			test-service, -, -, -, test-service, generic:default
			-, staging, -, -, UnknownService, staging
			'', staging, -, -, UnknownService, staging
			unknown_service:java, staging, -, -, UnknownService, staging
			x, -, legacy, -, x, legacy
			x, -, -, aws_ec2, x, ec2:default
			x, -, -, aws_ecs, x, ecs:default
			x, -, -, aws_eks, x, eks:default
			x, -, -, aws_lambda, x, lambda:default
			x, custom-env, -, aws_ec2, x, custom-env
			x, -, -, aws_elastic_beanstalk, x, generic:default
			""")
	void knowsServiceAndEnvironmentAsAdotDoes(String name, String environment, String legacy, String platform,
			String service, String expected) {
		Resource.Builder resource = Resource.newBuilder();
		add(resource, "service.name", name);
		add(resource, "deployment.environment.name", environment);
		add(resource, "deployment.environment", legacy);
		add(resource, "cloud.platform", platform);
		assertThat(ServiceIdentity.of(resource.build())).isEqualTo(new ServiceIdentity(service, expected));
	}

	private static void add(Resource.Builder resource, String key, String value) {
		if (value != null) {
			resource
				.addAttributes(KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)));
		}
	}

}
