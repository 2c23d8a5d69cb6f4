package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;

/**
 * Resolves the OTLP endpoints at AWS: the user's own URL, else that of Spring Cloud AWS,
 * else the one of the region's partition. Finding the region can take a call to the
 * instance metadata service, so nothing is resolved before it is asked for.
 */
public final class AwsEndpoints {

	private final AwsProperties properties;

	private final AwsRegionResolver regions;

	private final SpringCloudAwsSettings springCloud;

	AwsEndpoints(AwsProperties properties, AwsRegionResolver regions, SpringCloudAwsSettings springCloud) {
		this.properties = properties;
		this.regions = regions;
		this.springCloud = springCloud;
	}

	/**
	 * Whether the user gave a URL for a service.
	 * @param service the service
	 * @return whether the endpoint property of the service is set
	 */
	public boolean isConfigured(AwsService service) {
		return this.properties.endpoint(service) != null;
	}

	/**
	 * The endpoint of a service.
	 * @param service the service
	 * @return the endpoint
	 * @throws AwsConfigurationException if there is no region
	 */
	public AwsEndpoint resolve(AwsService service) {
		URI url = this.properties.endpoint(service);
		return (url != null) ? resolve(service, url, service.endpointProperty())
				: resolveInRegion(service, service.path());
	}

	/**
	 * The endpoint at a URL, signed for the region that its host names, else for the
	 * application's region.
	 * @param service the service that the signature is scoped to
	 * @param url the URL
	 * @param property the property that holds the URL
	 * @return the endpoint
	 * @throws AwsConfigurationException if there is no region
	 */
	public AwsEndpoint resolve(AwsService service, URI url, String property) {
		String regionOfHost = AwsOtlpHost.regionOf(url);
		if (regionOfHost != null) {
			return new AwsEndpoint(service, url, regionOfHost, "endpoint from " + property);
		}
		AwsRegion region = this.regions.resolve();
		return new AwsEndpoint(service, url, region.id(),
				"endpoint from " + property + ", region from " + region.origin());
	}

	/**
	 * A path at the host of a service in the application's region, or at the endpoint
	 * that Spring Cloud AWS was given for all services.
	 * @param service the service
	 * @param path the path, from the root
	 * @return the endpoint
	 * @throws AwsConfigurationException if there is no region
	 */
	public AwsEndpoint resolveInRegion(AwsService service, String path) {
		AwsRegion region = this.regions.resolve();
		URI standIn = this.springCloud.endpoint();
		if (standIn != null) {
			return new AwsEndpoint(service, standIn.resolve(path), region.id(),
					"endpoint from " + SpringCloudAwsSettings.ENDPOINT + ", region from " + region.origin());
		}
		AwsPartition partition = AwsPartition.ofRegion(region.id());
		boolean dualStack = isDualStack();
		String host = String.join(".", service.hostPrefix(isFips(), dualStack, partition), region.id(),
				partition.dnsSuffix(dualStack));
		return new AwsEndpoint(service, URI.create("https://" + host + path), region.id(),
				"region from " + region.origin());
	}

	private boolean isFips() {
		return orElse(this.properties.fips(), this.springCloud.fips(),
				FipsEnabledProvider.builder().profileName(this.properties.profile()).build().isFipsEnabled());
	}

	private boolean isDualStack() {
		return orElse(this.properties.dualstack(), this.springCloud.dualstack(),
				DualstackEnabledProvider.builder().profileName(this.properties.profile()).build().isDualstackEnabled());
	}

	private static boolean orElse(@Nullable Boolean property, @Nullable Boolean springCloud,
			Optional<Boolean> setting) {
		if (property != null) {
			return property;
		}
		return (springCloud != null) ? springCloud : setting.orElse(false);
	}

}
