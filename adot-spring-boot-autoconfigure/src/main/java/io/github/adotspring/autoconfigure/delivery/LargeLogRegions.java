package io.github.adotspring.autoconfigure.delivery;

import java.util.Set;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;

/**
 * Where CloudWatch Logs takes large log objects.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">Regions
 * with large log objects</a>
 */
final class LargeLogRegions {

	private static final Set<String> REGIONS = Set.of("us-east-1", "us-east-2", "us-west-2", "eu-central-1",
			"eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-south-1", "ap-northeast-1");

	private LargeLogRegions() {
	}

	/**
	 * Whether the endpoint is in one of them, {@code false} while its region is not
	 * known.
	 */
	static boolean include(Supplier<AwsEndpoint> source) {
		try {
			return REGIONS.contains(source.get().region());
		}
		catch (AwsConfigurationException ex) {
			return false;
		}
	}

}
