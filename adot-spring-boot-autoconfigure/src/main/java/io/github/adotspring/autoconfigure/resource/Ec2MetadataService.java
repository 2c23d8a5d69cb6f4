package io.github.adotspring.autoconfigure.resource;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Where the instance metadata service is, and whether it may be asked, as the AWS SDK and
 * the ADOT agent are told.
 */
final class Ec2MetadataService {

	private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";

	private static final String DISABLED_PROPERTY = "aws.disableEc2Metadata";

	private final Surroundings surroundings;

	Ec2MetadataService(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	/**
	 * What forbids to ask it.
	 * @return name of a system property or an environment variable, {@code null} if
	 * nothing does
	 */
	@Nullable String disabledBy() {
		String property = this.surroundings.property(DISABLED_PROPERTY);
		if (property != null) {
			return Boolean.parseBoolean(property) ? DISABLED_PROPERTY : null;
		}
		return Boolean.parseBoolean(this.surroundings.variable(DISABLED)) ? DISABLED : null;
	}

	boolean isConfigured() {
		return configured() != null;
	}

	/**
	 * The URL without a path.
	 */
	String endpoint() {
		String configured = configured();
		if (configured == null) {
			return isIpv6() ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
		}
		String url = configured.contains("://") ? configured : "http://" + configured;
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	private @Nullable String configured() {
		return first(this.surroundings.property("aws.ec2MetadataServiceEndpoint"),
				this.surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT"),
				this.surroundings.property("otel.aws.imds.endpointOverride"),
				this.surroundings.variable("OTEL_AWS_IMDS_ENDPOINT_OVERRIDE"));
	}

	private boolean isIpv6() {
		return "IPv6".equalsIgnoreCase(first(this.surroundings.property("aws.ec2MetadataServiceEndpointMode"),
				this.surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")));
	}

	private static @Nullable String first(@Nullable String... values) {
		return Stream.of(values).filter((value) -> value != null).findFirst().orElse(null);
	}

}
