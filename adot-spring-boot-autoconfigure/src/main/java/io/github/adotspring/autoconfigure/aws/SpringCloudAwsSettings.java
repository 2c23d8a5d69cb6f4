package io.github.adotspring.autoconfigure.aws;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * What Spring Cloud AWS was told of endpoints for all its clients, which holds for the
 * telemetry too where it was not told otherwise.
 *
 * @param endpoint scheme, host and port of a stand-in for AWS, {@code null} for none
 * @param fips whether endpoints are FIPS endpoints, {@code null} if nothing is said
 * @param dualstack whether endpoints are dual-stack, {@code null} if nothing is said
 */
record SpringCloudAwsSettings(@Nullable URI endpoint, @Nullable Boolean fips, @Nullable Boolean dualstack) {

	static final SpringCloudAwsSettings NONE = new SpringCloudAwsSettings(null, null, null);

	static final String ENDPOINT = "spring.cloud.aws.endpoint";

	static SpringCloudAwsSettings of(Environment environment) {
		return new SpringCloudAwsSettings(environment.getProperty(ENDPOINT, URI.class),
				environment.getProperty("spring.cloud.aws.fips-enabled", Boolean.class),
				environment.getProperty("spring.cloud.aws.dualstack-enabled", Boolean.class));
	}

}
