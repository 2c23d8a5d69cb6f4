package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;
import org.jspecify.annotations.Nullable;

/**
 * Where CloudWatch takes metrics as OTLP.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-PromQL.html">Regions
 * with OTLP metrics</a>
 */
final class OtlpMetricsRegions {

	/** Starts of the regions that AWS does not list. */
	private static final List<String> UNLISTED = List.of("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-", "il-", "me-");

	private OtlpMetricsRegions() {
	}

	/**
	 * What to say of an endpoint that AWS does not list, {@code null} for others.
	 */
	static @Nullable String warning(AwsEndpoint endpoint) {
		boolean unlisted = endpoint.service() == AwsService.MONITORING
				&& UNLISTED.stream().anyMatch(endpoint.region()::startsWith);
		return unlisted
				? ("AWS lists no OTLP endpoint for metrics in the region %s; set 'management.adot.metrics.export.to' to "
						+ "'emf', which every region takes.")
					.formatted(endpoint.region())
				: null;
	}

	/**
	 * The same of an endpoint that may not be known, of which nothing is said.
	 */
	static @Nullable String warning(@Nullable Supplier<AwsEndpoint> source) {
		try {
			return (source != null) ? warning(source.get()) : null;
		}
		catch (AwsConfigurationException ex) {
			return null;
		}
	}

}
