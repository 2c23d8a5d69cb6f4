package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AwsAutoConfiguration}.
 */
final class AwsAutoConfigurationTests {

	private static final AwsProperties PROPERTIES = TestProperties.of("region", "ap-south-1");

	private static final AwsRegionResolver REGIONS = new AwsRegionResolver(PROPERTIES, null);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class));

	@Test
	void isFoundByBoot() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(AwsAutoConfiguration.class.getName());
	}

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(AwsCompute.class)
			.hasSingleBean(AwsRegionResolver.class)
			.hasSingleBean(AwsEndpoints.class)
			.hasSingleBean(AwsCredentials.class)
			.hasSingleBean(SigV4Signer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.adot.enabled=false", "otel.sdk.disabled=true" })
	void isSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(AwsAutoConfiguration.class)
				.doesNotHaveBean(AwsEndpoints.class)
				.doesNotHaveBean(AwsProperties.class));
	}

	@Test
	void stepsBackForBeansOfTheApplication() {
		AwsCompute compute = new AwsCompute((name) -> null, Path.of("/nonexistent"));
		AwsEndpoints endpoints = new AwsEndpoints(PROPERTIES, REGIONS, SpringCloudAwsSettings.NONE);
		AwsCredentials credentials = new AwsCredentials(PROPERTIES, REGIONS, null);
		SigV4Signer signer = new SigV4Signer(credentials, Clock.systemUTC());
		this.runner.withBean(AwsCompute.class, () -> compute)
			.withBean(AwsRegionResolver.class, () -> REGIONS)
			.withBean(AwsEndpoints.class, () -> endpoints)
			.withBean(AwsCredentials.class, () -> credentials)
			.withBean(SigV4Signer.class, () -> signer)
			.run((context) -> {
				assertThat(context).getBean(AwsCompute.class).isSameAs(compute);
				assertThat(context).getBean(AwsRegionResolver.class).isSameAs(REGIONS);
				assertThat(context).getBean(AwsEndpoints.class).isSameAs(endpoints);
				assertThat(context).getBean(AwsCredentials.class).isSameAs(credentials);
				assertThat(context).getBean(SigV4Signer.class).isSameAs(signer);
			});
	}

	@Test
	void usesTheProvidersOfTheApplication() {
		AwsRegionProvider region = () -> Region.AF_SOUTH_1;
		AwsCredentialsProvider credentials = AnonymousCredentialsProvider.create();
		this.runner.withBean(AwsRegionProvider.class, () -> region)
			.withBean(AwsCredentialsProvider.class, () -> credentials)
			.run((context) -> {
				assertThat(context.getBean(AwsEndpoints.class).resolve(AwsService.XRAY).url())
					.hasHost("xray.af-south-1.amazonaws.com");
				assertThat(context.getBean(AwsCredentials.class).describe())
					.isEqualTo("credentials from the application's AwsCredentialsProvider");
			});
	}

	@Test
	void usesTheChainOfTheSdkWhereTheApplicationHasSeveralProviders() {
		this.runner.withBean("one", AwsCredentialsProvider.class, AnonymousCredentialsProvider::create)
			.withBean("two", AwsCredentialsProvider.class, AnonymousCredentialsProvider::create)
			.run((context) -> assertThat(context.getBean(AwsCredentials.class).describe())
				.isEqualTo("credentials from the default chain"));
	}

	@Test
	void startsNoThreadAndNeedsNeitherRegionNorCredentials() {
		try (SystemProperties system = SystemProperties.withoutAws()) {
			assertThat(system).isNotNull();
			Set<Thread> before = Thread.getAllStackTraces().keySet();
			this.runner.withPropertyValues("management.adot.aws.role-arn=arn:aws:iam::123456789012:role/telemetry")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
				});
		}
	}

	@Test
	void closesTheCredentialsWithTheContext() {
		this.runner.run((context) -> {
			AwsCredentials credentials = context.getBean(AwsCredentials.class);
			context.getSourceApplicationContext().close();
			assertThatIllegalStateException().isThrownBy(credentials::resolve);
		});
	}

	@Test
	void explainsAMissingRegionWhereTheApplicationMustNotStartWithoutOne() {
		try (SystemProperties system = SystemProperties.withoutAws()) {
			assertThat(system).isNotNull();
			this.runner.withBean(Fast.class).run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).isEqualTo("No AWS region was found for the export of telemetry.");
				assertThat(analysis.getAction())
					.startsWith("Set 'management.adot.aws.region' (for example to 'eu-west-1')")
					.contains("AWS_REGION");
			});
		}
	}

	@Test
	void takesTheEndpointOfSpringCloudAwsAndSaysSo() {
		this.runner
			.withPropertyValues("management.adot.aws.region=eu-west-1",
					"spring.cloud.aws.endpoint=http://localhost:4566")
			.run((context) -> assertThat(context.getBean(AwsEndpoints.class).resolve(AwsService.XRAY))
				.isEqualTo(new AwsEndpoint(AwsService.XRAY, URI.create("http://localhost:4566/v1/traces"), "eu-west-1",
						"endpoint from spring.cloud.aws.endpoint, region from management.adot.aws.region")));
	}

	@Test
	void prefersItsOwnEndpointToThatOfSpringCloudAws() {
		this.runner
			.withPropertyValues("management.adot.aws.region=eu-west-1",
					"spring.cloud.aws.endpoint=http://localhost:4566",
					"management.adot.aws.traces-endpoint=https://vpce.example.com/v1/traces")
			.run((context) -> assertThat(context.getBean(AwsEndpoints.class).resolve(AwsService.XRAY).url())
				.hasToString("https://vpce.example.com/v1/traces"));
	}

	@Test
	void takesFipsAndDualStackOfSpringCloudAwsUnlessItWasToldOtherwise() {
		ApplicationContextRunner springCloud = this.runner.withPropertyValues("management.adot.aws.region=us-east-1",
				"spring.cloud.aws.fips-enabled=true", "spring.cloud.aws.dualstack-enabled=true");
		springCloud.run((context) -> assertThat(context.getBean(AwsEndpoints.class).resolve(AwsService.XRAY).url())
			.hasToString("https://xray-fips.us-east-1.api.aws/v1/traces"));
		springCloud.withPropertyValues("management.adot.aws.fips=false", "management.adot.aws.dualstack=false")
			.run((context) -> assertThat(context.getBean(AwsEndpoints.class).resolve(AwsService.XRAY).url())
				.hasToString("https://xray.us-east-1.amazonaws.com/v1/traces"));
	}

	/**
	 * Something that can't do without a region.
	 */
	static final class Fast {

		Fast(AwsEndpoints endpoints) {
			endpoints.resolve(AwsService.XRAY);
		}

	}

}
