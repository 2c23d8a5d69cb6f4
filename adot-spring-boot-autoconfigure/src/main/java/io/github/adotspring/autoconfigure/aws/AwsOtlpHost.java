package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An AWS service and region, read from the host of one of its endpoints in any partition:
 * standard, FIPS, dual-stack or VPC endpoint.
 *
 * @param service the service that answers there
 * @param region the region of the endpoint
 */
public record AwsOtlpHost(AwsService service, String region) {

	private static final Pattern HOST = Pattern.compile("(?:[a-z0-9-]+\\.)?(?<service>"
			+ otlpServices().map(AwsService::signingName).collect(Collectors.joining("|"))
			+ ")(?:-fips)?\\.(?<region>[a-z0-9-]+)\\.(?<vpce>vpce\\.)?(?<suffix>[a-z0-9.-]+)");

	private static final Pattern REGION_OF_HOST = Pattern
		.compile("(?:[a-z0-9-]+\\.){1,2}?(?<region>[a-z]+(?:-[a-z]+)+-[0-9]+)\\.(?:vpce\\.)?(?<suffix>[a-z0-9.-]+)");

	/**
	 * Read the host of a URL.
	 * @param url the endpoint
	 * @return what it says, or {@code null} if it is not a host of an AWS OTLP endpoint
	 */
	public static @Nullable AwsOtlpHost of(URI url) {
		String host = url.getHost();
		if (host == null || !"https".equalsIgnoreCase(url.getScheme())) {
			return null;
		}
		Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
		if (!matcher.matches() || !AwsProperties.isRegion(matcher.group("region"))
				|| !AwsPartition.isDnsSuffix(matcher.group("suffix"))) {
			return null;
		}
		AwsService service = otlpServices()
			.filter((candidate) -> candidate.signingName().equals(matcher.group("service")))
			.findFirst()
			.orElseThrow();
		return new AwsOtlpHost(service, matcher.group("region"));
	}

	/**
	 * The region in the host of any endpoint of AWS.
	 * @param url the endpoint
	 * @return the region, {@code null} if it is not a host of AWS or names none
	 */
	static @Nullable String regionOf(URI url) {
		String host = url.getHost();
		if (host == null || !"https".equalsIgnoreCase(url.getScheme())) {
			return null;
		}
		Matcher matcher = REGION_OF_HOST.matcher(host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
		boolean aws = matcher.matches() && AwsProperties.isRegion(matcher.group("region"))
				&& AwsPartition.isDnsSuffix(matcher.group("suffix"));
		return aws ? matcher.group("region") : null;
	}

	private static Stream<AwsService> otlpServices() {
		return Arrays.stream(AwsService.values()).filter(AwsService::takesOtlp);
	}

}
