package io.github.adotspring.autoconfigure.aws;

import java.util.Arrays;

/**
 * An AWS partition: the regions whose codes start alike share DNS suffixes. The AWS SDK's
 * public table lacks the dual-stack suffixes of the ISO partitions, hence this one.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html">AWS
 * partitions</a>
 */
enum AwsPartition {

	CHINA("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),

	US_GOV("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws"),

	EU_SOVEREIGN("aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),

	ISO("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),

	ISO_B("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),

	ISO_E("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),

	ISO_F("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),

	/**
	 * The commercial regions, and every region that no other partition claims.
	 */
	STANDARD("aws", "", "amazonaws.com", "api.aws");

	private final String id;

	private final String regionPrefix;

	private final String dnsSuffix;

	private final String dualStackDnsSuffix;

	AwsPartition(String id, String regionPrefix, String dnsSuffix, String dualStackDnsSuffix) {
		this.id = id;
		this.regionPrefix = regionPrefix;
		this.dnsSuffix = dnsSuffix;
		this.dualStackDnsSuffix = dualStackDnsSuffix;
	}

	/**
	 * The partition as ARNs name it.
	 */
	String id() {
		return this.id;
	}

	String dnsSuffix(boolean dualStack) {
		return dualStack ? this.dualStackDnsSuffix : this.dnsSuffix;
	}

	static AwsPartition ofRegion(String region) {
		return Arrays.stream(values())
			.filter((partition) -> region.startsWith(partition.regionPrefix))
			.findFirst()
			.orElse(STANDARD);
	}

	static boolean isDnsSuffix(String suffix) {
		return Arrays.stream(values())
			.anyMatch((partition) -> suffix.equals(partition.dnsSuffix) || suffix.equals(partition.dualStackDnsSuffix));
	}

}
