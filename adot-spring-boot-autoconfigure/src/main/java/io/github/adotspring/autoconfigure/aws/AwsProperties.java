package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where in AWS telemetry goes, and as whom.
 *
 * @param region region of the endpoints and the signature, such as eu-west-1; by default
 * that of Spring Cloud AWS, else of the AWS SDK's chain
 * @param profile profile of the shared AWS configuration files; by default the AWS SDK's
 * chain decides
 * @param roleArn role to assume through STS with the credentials found, refreshed in the
 * background; none by default
 * @param roleSessionName session name of the assumed role, adot-spring-boot by default
 * @param stsEndpoint full URL of STS, such as a VPC endpoint; by default that of the
 * region
 * @param fips whether to use FIPS endpoints; by default what the AWS SDK's settings say
 * @param dualstack whether to use dual-stack (IPv4 and IPv6) endpoints; by default what
 * the AWS SDK's settings say
 * @param tracesEndpoint full URL of the OTLP endpoint for traces, such as a VPC endpoint;
 * still signed; by default from the partition table
 * @param logsEndpoint full URL of the OTLP endpoint for logs; still signed; by default
 * from the partition table
 * @param metricsEndpoint full URL of the OTLP endpoint for metrics; still signed; by
 * default from the partition table
 */
@ConfigurationProperties(AwsProperties.PREFIX)
record AwsProperties(@Nullable String region, @Nullable String profile, @Nullable String roleArn,
		@Nullable String roleSessionName, @Nullable URI stsEndpoint, @Nullable Boolean fips,
		@Nullable Boolean dualstack, @Nullable URI tracesEndpoint, @Nullable URI logsEndpoint,
		@Nullable URI metricsEndpoint) {

	static final String PREFIX = AdotProperties.PREFIX + ".aws";

	private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+)+-[0-9]{1,2}");

	private static final Pattern ROLE_ARN = Pattern.compile("arn:[a-z0-9-]+:iam::[0-9]{12}:role/\\S+");

	AwsProperties {
		region = unlessBlank(region);
		profile = unlessBlank(profile);
		roleArn = unlessBlank(roleArn);
		roleSessionName = unlessBlank(roleSessionName);
		if (region != null && !isRegion(region)) {
			throw new InvalidAdotConfigurationException(PREFIX + ".region", region,
					"a region is the code of one AWS region in lower case",
					"Write a region such as 'eu-west-1', or remove the property to use the AWS SDK's chain.");
		}
		if (roleArn != null && !ROLE_ARN.matcher(roleArn).matches()) {
			throw new InvalidAdotConfigurationException(PREFIX + ".role-arn", roleArn,
					"a role is given by the ARN of an IAM role",
					"Write an ARN such as 'arn:aws:iam::123456789012:role/telemetry'.");
		}
		if (stsEndpoint != null) {
			HttpUrls.requireHttpUrl(PREFIX + ".sts-endpoint", stsEndpoint);
		}
		for (AwsService service : AwsService.values()) {
			check(service, service.choose(tracesEndpoint, logsEndpoint, metricsEndpoint), fips, dualstack);
		}
	}

	/**
	 * Whether a text has the form of a region code.
	 */
	static boolean isRegion(String text) {
		return REGION.matcher(text).matches();
	}

	/**
	 * The endpoint that the user gave for a service.
	 */
	@Nullable URI endpoint(AwsService service) {
		return service.choose(this.tracesEndpoint, this.logsEndpoint, this.metricsEndpoint);
	}

	/**
	 * A placeholder with an empty default, such as {@code ${AWS_REGION:}}, sets nothing.
	 */
	private static @Nullable String unlessBlank(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

	private static void check(AwsService service, @Nullable URI endpoint, @Nullable Boolean fips,
			@Nullable Boolean dualstack) {
		if (endpoint == null) {
			return;
		}
		HttpUrls.requireHttpUrl(service.endpointProperty(), endpoint);
		checkNotCombined(service, endpoint, "fips", fips);
		checkNotCombined(service, endpoint, "dualstack", dualstack);
	}

	private static void checkNotCombined(AwsService service, URI endpoint, String flag, @Nullable Boolean value) {
		if (Boolean.TRUE.equals(value)) {
			throw new InvalidAdotConfigurationException(PREFIX + "." + flag, true,
					"it chooses between AWS's own endpoints and can't be combined with the endpoint '" + endpoint
							+ "' given in '" + service.endpointProperty() + "'",
					"Remove '" + PREFIX + "." + flag + "', or remove '" + service.endpointProperty()
							+ "' to use AWS's own endpoint.");
		}
	}

}
