package io.github.adotspring.autoconfigure.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AwsRegionResolver}.
 */
final class AwsRegionResolverTests {

	@TempDir
	private Path directory;

	private SystemProperties system;

	@BeforeEach
	void forgetTheAwsAccountOfThisMachine() {
		this.system = SystemProperties.withoutAws();
	}

	@AfterEach
	void restore() {
		this.system.close();
	}

	@Test
	void prefersThePropertyToEverythingElse() throws Exception {
		this.system.set("aws.region", "sa-east-1").set("aws.configFile", config());
		assertThat(resolver(TestProperties.of("region", "eu-west-1"), () -> Region.US_EAST_2).resolve())
			.isEqualTo(new AwsRegion("eu-west-1", "management.adot.aws.region"));
	}

	@Test
	void prefersTheApplicationsProviderToTheChainOfTheSdk() throws Exception {
		this.system.set("aws.region", "sa-east-1").set("aws.configFile", config());
		assertThat(resolver(TestProperties.of(), () -> Region.US_EAST_2).resolve())
			.isEqualTo(new AwsRegion("us-east-2", "the application's AwsRegionProvider"));
	}

	@Test
	void prefersTheSystemPropertyToTheProfile() throws Exception {
		this.system.set("aws.region", "sa-east-1").set("aws.configFile", config());
		assertThat(resolver(TestProperties.of(), null).resolve())
			.isEqualTo(new AwsRegion("sa-east-1", "the system property aws.region"));
	}

	@Test
	void readsTheDefaultProfile() throws Exception {
		this.system.set("aws.configFile", config());
		assertThat(resolver(TestProperties.of(), null).resolve())
			.isEqualTo(new AwsRegion("ca-central-1", "the AWS profile 'default'"));
	}

	@Test
	void readsTheProfileThatIsChosenForTheJvm() throws Exception {
		this.system.set("aws.configFile", config()).set("aws.profile", "dev");
		assertThat(resolver(TestProperties.of(), null).resolve())
			.isEqualTo(new AwsRegion("ap-south-1", "the AWS profile 'dev'"));
	}

	@Test
	void readsTheProfileThatTheStartersPropertyChooses() throws Exception {
		this.system.set("aws.configFile", config()).set("aws.profile", "dev");
		assertThat(resolver(TestProperties.of("profile", "prod"), null).resolve())
			.isEqualTo(new AwsRegion("eu-north-1", "the AWS profile 'prod'"));
	}

	@Test
	void readsTheCredentialsFileToo() throws Exception {
		this.system.set("aws.sharedCredentialsFile",
				Files.writeString(this.directory.resolve("credentials"), "[default]\nregion = me-south-1\n"));
		assertThat(resolver(TestProperties.of(), null).resolve())
			.isEqualTo(new AwsRegion("me-south-1", "the AWS profile 'default'"));
	}

	@Test
	void goesOnWhenTheApplicationsProviderHasNoRegion() {
		this.system.set("aws.region", "sa-east-1");
		AwsRegionProvider failing = () -> {
			throw SdkClientException.create("Unable to load region");
		};
		AwsRegion systemProperty = new AwsRegion("sa-east-1", "the system property aws.region");
		assertThat(resolver(TestProperties.of(), failing).resolve()).isEqualTo(systemProperty);
		assertThat(resolver(TestProperties.of(), () -> null).resolve()).isEqualTo(systemProperty);
	}

	@Test
	void tellsTheOriginWhereTheApplicationsProviderIsTheChainOfTheSdk() {
		this.system.set("aws.region", "sa-east-1");
		assertThat(resolver(TestProperties.of(), DefaultAwsRegionProviderChain.builder().build()).resolve().origin())
			.isEqualTo("the system property aws.region");
	}

	@Test
	void ignoresSpaceAroundARegionAndValuesOfNothingElse() {
		this.system.set("aws.region", " eu-west-3\n");
		assertThat(resolver(TestProperties.of(), null).resolve().id()).isEqualTo("eu-west-3");
		this.system.set("aws.region", " ");
		assertThatExceptionOfType(AwsConfigurationException.class)
			.isThrownBy(() -> resolver(TestProperties.of(), null).resolve());
	}

	@Test
	void namesWhatToSetWhenThereIsNoRegion() {
		assertThatExceptionOfType(AwsConfigurationException.class)
			.isThrownBy(() -> resolver(TestProperties.of(), null).resolve())
			.withMessage("No AWS region was found for the export of telemetry.")
			.extracting(AwsConfigurationException::fix)
			.isEqualTo("Set 'management.adot.aws.region' (for example to 'eu-west-1'), or the environment variable "
					+ "AWS_REGION, or a region in the AWS configuration file.");
	}

	@Test
	void refusesARegionThatIsNone() {
		this.system.set("aws.region", "EU (Ireland)");
		assertThatExceptionOfType(AwsConfigurationException.class)
			.isThrownBy(() -> resolver(TestProperties.of(), null).resolve())
			.withMessage(
					"The AWS region 'EU (Ireland)' from the system property aws.region is not the code of a region.")
			.extracting(AwsConfigurationException::fix)
			.isEqualTo("Correct it there, or set 'management.adot.aws.region', for example to 'eu-west-1'.");
	}

	@Test
	void looksAgainForARegionThatWasNotFound() {
		AwsRegionResolver resolver = resolver(TestProperties.of(), null);
		assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(resolver::resolve);
		this.system.set("aws.region", "sa-east-1");
		assertThat(resolver.resolve().id()).isEqualTo("sa-east-1");
	}

	@Test
	void keepsARegionThatWasFound() {
		AtomicInteger calls = new AtomicInteger();
		AwsRegionResolver resolver = resolver(TestProperties.of(), () -> {
			calls.incrementAndGet();
			return Region.EU_WEST_1;
		});
		assertThat(resolver.resolve()).isSameAs(resolver.resolve());
		assertThat(calls).hasValue(1);
	}

	private static AwsRegionResolver resolver(AwsProperties properties, @Nullable AwsRegionProvider provider) {
		return new AwsRegionResolver(properties, provider);
	}

	private Path config() throws Exception {
		return Files.writeString(this.directory.resolve("config"), """
				[default]
				region = ca-central-1
				[profile dev]
				region = ap-south-1
				[profile prod]
				region = eu-north-1
				""");
	}

}
