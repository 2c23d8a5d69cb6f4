package io.github.adotspring.autoconfigure.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;

/**
 * Finds the region: the property, else the application's own {@link AwsRegionProvider}
 * (Spring Cloud AWS has one), else what the AWS SDK's default chain tries, one after the
 * other so that the answer can say where it came from. The last of these asks the
 * instance metadata service, so this belongs on a thread of the delivery.
 */
final class AwsRegionResolver {

	private final AwsProperties properties;

	private final @Nullable AwsRegionProvider applicationProvider;

	private volatile @Nullable AwsRegion resolved;

	AwsRegionResolver(AwsProperties properties, @Nullable AwsRegionProvider applicationProvider) {
		this.properties = properties;
		this.applicationProvider = applicationProvider;
	}

	/**
	 * The region. A found one is kept; one that was not found is looked for again at the
	 * next call.
	 * @throws AwsConfigurationException if there is none
	 */
	AwsRegion resolve() {
		AwsRegion region = this.resolved;
		if (region == null) {
			region = find();
			this.resolved = region;
		}
		return region;
	}

	private AwsRegion find() {
		if (this.properties.region() != null) {
			return new AwsRegion(this.properties.region(), AwsProperties.PREFIX + ".region");
		}
		for (Candidate candidate : candidates()) {
			String id = candidate.id();
			if (id != null) {
				return checked(new AwsRegion(id, candidate.origin()));
			}
		}
		throw new AwsConfigurationException("No AWS region was found for the export of telemetry.",
				"Set '" + AwsProperties.PREFIX + ".region' (for example to 'eu-west-1'), or the environment variable "
						+ "AWS_REGION, or a region in the AWS configuration file.",
				null);
	}

	private List<Candidate> candidates() {
		List<Candidate> candidates = new ArrayList<>();
		AwsRegionProvider provider = this.applicationProvider;
		// The SDK's own chain is what follows here anyway, with the origin of the value
		// told.
		if (provider != null && !(provider instanceof DefaultAwsRegionProviderChain)) {
			candidates.add(new Candidate("the application's AwsRegionProvider", () -> idOf(provider)));
		}
		candidates.add(new Candidate("the system property " + SdkSystemSetting.AWS_REGION.property(),
				() -> System.getProperty(SdkSystemSetting.AWS_REGION.property())));
		candidates.add(new Candidate(SdkSystemSetting.AWS_REGION.environmentVariable(),
				() -> SdkSystemSetting.AWS_REGION.getStringValue().orElse(null)));
		String profile = (this.properties.profile() != null) ? this.properties.profile()
				: ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
		candidates.add(new Candidate("the AWS profile '" + profile + "'",
				() -> idOf(new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile))));
		candidates.add(new Candidate("the EC2 instance metadata", () -> idOf(new InstanceProfileRegionProvider())));
		return candidates;
	}

	private static AwsRegion checked(AwsRegion region) {
		if (!AwsProperties.isRegion(region.id())) {
			throw new AwsConfigurationException(
					"The AWS region '" + region.id() + "' from " + region.origin() + " is not the code of a region.",
					"Correct it there, or set '" + AwsProperties.PREFIX + ".region', for example to 'eu-west-1'.",
					null);
		}
		return region;
	}

	private static @Nullable String idOf(AwsRegionProvider provider) {
		try {
			Region region = provider.getRegion();
			return (region != null) ? region.id() : null;
		}
		catch (RuntimeException ex) {
			// What a provider throws that has no region; the next one is asked.
			return null;
		}
	}

	private record Candidate(String origin, Supplier<@Nullable String> source) {

		@Nullable String id() {
			String id = this.source.get();
			return (id != null && !id.isBlank()) ? id.trim() : null;
		}

	}

}
