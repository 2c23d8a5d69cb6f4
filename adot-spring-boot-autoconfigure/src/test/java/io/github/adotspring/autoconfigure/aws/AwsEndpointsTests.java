package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AwsEndpoints} and {@link AwsPartition}.
 */
final class AwsEndpointsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					eu-west-1       | false | false | xray.eu-west-1.amazonaws.com | logs.eu-west-1.amazonaws.com | monitoring.eu-west-1.amazonaws.com
					eu-west-1       | true  | false | xray-fips.eu-west-1.amazonaws.com | logs-fips.eu-west-1.amazonaws.com | monitoring-fips.eu-west-1.amazonaws.com
					eu-west-1       | false | true  | xray.eu-west-1.api.aws | logs.eu-west-1.api.aws | monitoring.eu-west-1.api.aws
					eu-west-1       | true  | true  | xray-fips.eu-west-1.api.aws | logs-fips.eu-west-1.api.aws | monitoring-fips.eu-west-1.api.aws
					cn-north-1      | false | false | xray.cn-north-1.amazonaws.com.cn | logs.cn-north-1.amazonaws.com.cn | monitoring.cn-north-1.amazonaws.com.cn
					cn-north-1      | true  | false | xray-fips.cn-north-1.amazonaws.com.cn | logs-fips.cn-north-1.amazonaws.com.cn | monitoring-fips.cn-north-1.amazonaws.com.cn
					cn-north-1      | false | true  | xray.cn-north-1.api.amazonwebservices.com.cn | logs.cn-north-1.api.amazonwebservices.com.cn | monitoring.cn-north-1.api.amazonwebservices.com.cn
					cn-north-1      | true  | true  | xray-fips.cn-north-1.api.amazonwebservices.com.cn | logs-fips.cn-north-1.api.amazonwebservices.com.cn | monitoring-fips.cn-north-1.api.amazonwebservices.com.cn
					us-gov-west-1   | false | false | xray.us-gov-west-1.amazonaws.com | logs.us-gov-west-1.amazonaws.com | monitoring.us-gov-west-1.amazonaws.com
					us-gov-west-1   | true  | false | xray-fips.us-gov-west-1.amazonaws.com | logs.us-gov-west-1.amazonaws.com | monitoring.us-gov-west-1.amazonaws.com
					us-gov-west-1   | false | true  | xray.us-gov-west-1.api.aws | logs.us-gov-west-1.api.aws | monitoring.us-gov-west-1.api.aws
					us-gov-west-1   | true  | true  | xray-fips.us-gov-west-1.api.aws | logs-fips.us-gov-west-1.api.aws | monitoring-fips.us-gov-west-1.api.aws
					eusc-de-east-1  | false | false | xray.eusc-de-east-1.amazonaws.eu | logs.eusc-de-east-1.amazonaws.eu | monitoring.eusc-de-east-1.amazonaws.eu
					eusc-de-east-1  | true  | false | xray-fips.eusc-de-east-1.amazonaws.eu | logs-fips.eusc-de-east-1.amazonaws.eu | monitoring-fips.eusc-de-east-1.amazonaws.eu
					eusc-de-east-1  | false | true  | xray.eusc-de-east-1.api.amazonwebservices.eu | logs.eusc-de-east-1.api.amazonwebservices.eu | monitoring.eusc-de-east-1.api.amazonwebservices.eu
					eusc-de-east-1  | true  | true  | xray-fips.eusc-de-east-1.api.amazonwebservices.eu | logs-fips.eusc-de-east-1.api.amazonwebservices.eu | monitoring-fips.eusc-de-east-1.api.amazonwebservices.eu
					us-iso-east-1   | false | false | xray.us-iso-east-1.c2s.ic.gov | logs.us-iso-east-1.c2s.ic.gov | monitoring.us-iso-east-1.c2s.ic.gov
					us-iso-east-1   | true  | false | xray-fips.us-iso-east-1.c2s.ic.gov | logs-fips.us-iso-east-1.c2s.ic.gov | monitoring-fips.us-iso-east-1.c2s.ic.gov
					us-iso-east-1   | false | true  | xray.us-iso-east-1.api.aws.ic.gov | logs.us-iso-east-1.api.aws.ic.gov | monitoring.us-iso-east-1.api.aws.ic.gov
					us-iso-east-1   | true  | true  | xray-fips.us-iso-east-1.api.aws.ic.gov | logs-fips.us-iso-east-1.api.aws.ic.gov | monitoring-fips.us-iso-east-1.api.aws.ic.gov
					us-isob-east-1  | false | false | xray.us-isob-east-1.sc2s.sgov.gov | logs.us-isob-east-1.sc2s.sgov.gov | monitoring.us-isob-east-1.sc2s.sgov.gov
					us-isob-east-1  | true  | false | xray-fips.us-isob-east-1.sc2s.sgov.gov | logs-fips.us-isob-east-1.sc2s.sgov.gov | monitoring-fips.us-isob-east-1.sc2s.sgov.gov
					us-isob-east-1  | false | true  | xray.us-isob-east-1.api.aws.scloud | logs.us-isob-east-1.api.aws.scloud | monitoring.us-isob-east-1.api.aws.scloud
					us-isob-east-1  | true  | true  | xray-fips.us-isob-east-1.api.aws.scloud | logs-fips.us-isob-east-1.api.aws.scloud | monitoring-fips.us-isob-east-1.api.aws.scloud
					eu-isoe-west-1  | false | false | xray.eu-isoe-west-1.cloud.adc-e.uk | logs.eu-isoe-west-1.cloud.adc-e.uk | monitoring.eu-isoe-west-1.cloud.adc-e.uk
					eu-isoe-west-1  | true  | false | xray-fips.eu-isoe-west-1.cloud.adc-e.uk | logs-fips.eu-isoe-west-1.cloud.adc-e.uk | monitoring-fips.eu-isoe-west-1.cloud.adc-e.uk
					eu-isoe-west-1  | false | true  | xray.eu-isoe-west-1.api.cloud-aws.adc-e.uk | logs.eu-isoe-west-1.api.cloud-aws.adc-e.uk | monitoring.eu-isoe-west-1.api.cloud-aws.adc-e.uk
					eu-isoe-west-1  | true  | true  | xray-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk | logs-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk | monitoring-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk
					us-isof-south-1 | false | false | xray.us-isof-south-1.csp.hci.ic.gov | logs.us-isof-south-1.csp.hci.ic.gov | monitoring.us-isof-south-1.csp.hci.ic.gov
					us-isof-south-1 | true  | false | xray-fips.us-isof-south-1.csp.hci.ic.gov | logs-fips.us-isof-south-1.csp.hci.ic.gov | monitoring-fips.us-isof-south-1.csp.hci.ic.gov
					us-isof-south-1 | false | true  | xray.us-isof-south-1.api.aws.hci.ic.gov | logs.us-isof-south-1.api.aws.hci.ic.gov | monitoring.us-isof-south-1.api.aws.hci.ic.gov
					us-isof-south-1 | true  | true  | xray-fips.us-isof-south-1.api.aws.hci.ic.gov | logs-fips.us-isof-south-1.api.aws.hci.ic.gov | monitoring-fips.us-isof-south-1.api.aws.hci.ic.gov
					""")
	void resolvesTheHostsOfEveryPartition(String region, boolean fips, boolean dualstack, String traces, String logs,
			String metrics) {
		AwsEndpoints endpoints = endpoints(TestProperties.of("region", region, "fips", String.valueOf(fips),
				"dualstack", String.valueOf(dualstack)));
		assertThat(endpoints.resolve(AwsService.XRAY)).isEqualTo(new AwsEndpoint(AwsService.XRAY,
				URI.create("https://" + traces + "/v1/traces"), region, "region from management.adot.aws.region"));
		assertThat(endpoints.resolve(AwsService.LOGS)).isEqualTo(new AwsEndpoint(AwsService.LOGS,
				URI.create("https://" + logs + "/v1/logs"), region, "region from management.adot.aws.region"));
		assertThat(endpoints.resolve(AwsService.MONITORING)).isEqualTo(new AwsEndpoint(AwsService.MONITORING,
				URI.create("https://" + metrics + "/v1/metrics"), region, "region from management.adot.aws.region"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "us-gov-east-1", "us-gov-west-1" })
	void knowsThatThePlainHostsOfGovCloudAreTheFipsHosts(String region) {
		AwsEndpoints endpoints = endpoints(TestProperties.of("region", region, "fips", "true"));
		assertThat(endpoints.resolve(AwsService.LOGS).url()).hasHost("logs." + region + ".amazonaws.com");
		assertThat(endpoints.resolve(AwsService.MONITORING).url()).hasHost("monitoring." + region + ".amazonaws.com");
		assertThat(endpoints.resolve(AwsService.XRAY).url()).hasHost("xray-fips." + region + ".amazonaws.com");
	}

	@Test
	void takesARegionThatNobodyKnowsForOneOfTheStandardPartition() {
		assertThat(endpoints(TestProperties.of("region", "nz-north-1")).resolve(AwsService.XRAY).url())
			.isEqualTo(URI.create("https://xray.nz-north-1.amazonaws.com/v1/traces"));
		assertThat(endpoints(TestProperties.of("region", "nz-north-1", "dualstack", "true")).resolve(AwsService.LOGS)
			.url()).isEqualTo(URI.create("https://logs.nz-north-1.api.aws/v1/logs"));
	}

	@Test
	void signsForTheRegionThatTheHostOfACustomEndpointNames() {
		AwsEndpoints endpoints = endpoints(TestProperties.of("region", "eu-west-1", "traces-endpoint",
				"https://vpce-0abc-x1.xray.us-east-1.vpce.amazonaws.com/v1/traces"));
		assertThat(endpoints.resolve(AwsService.XRAY)).isEqualTo(new AwsEndpoint(AwsService.XRAY,
				URI.create("https://vpce-0abc-x1.xray.us-east-1.vpce.amazonaws.com/v1/traces"), "us-east-1",
				"endpoint from management.adot.aws.traces-endpoint"));
	}

	@Test
	void signsForTheApplicationsRegionWhereTheHostOfACustomEndpointNamesNone() {
		AwsEndpoints endpoints = endpoints(TestProperties.of("region", "eu-west-1", "logs-endpoint",
				"https://proxy.example.com:8443/aws logs/v1/logs"));
		assertThat(endpoints.resolve(AwsService.LOGS)).isEqualTo(new AwsEndpoint(AwsService.LOGS,
				URI.create("https://proxy.example.com:8443/aws%20logs/v1/logs"), "eu-west-1",
				"endpoint from management.adot.aws.logs-endpoint, region from management.adot.aws.region"));
	}

	@Test
	void usesACustomEndpointForItsOwnSignalOnly() {
		AwsEndpoints endpoints = endpoints(
				TestProperties.of("region", "eu-west-1", "metrics-endpoint", "https://metrics.example.com/v1/metrics"));
		assertThat(endpoints.isConfigured(AwsService.MONITORING)).isTrue();
		assertThat(endpoints.isConfigured(AwsService.XRAY)).isFalse();
		assertThat(endpoints.isConfigured(AwsService.LOGS)).isFalse();
		assertThat(endpoints.resolve(AwsService.MONITORING).url()).hasHost("metrics.example.com");
		assertThat(endpoints.resolve(AwsService.XRAY).url()).hasHost("xray.eu-west-1.amazonaws.com");
	}

	@Test
	void needsNoRegionForAnEndpointWhoseHostNamesIt() {
		try (SystemProperties system = SystemProperties.withoutAws()) {
			assertThat(system).isNotNull();
			AwsEndpoints endpoints = endpoints(
					TestProperties.of("traces-endpoint", "https://xray.ap-south-1.amazonaws.com/v1/traces"));
			assertThat(endpoints.resolve(AwsService.XRAY).region()).isEqualTo("ap-south-1");
			assertThatExceptionOfType(AwsConfigurationException.class)
				.isThrownBy(() -> endpoints.resolve(AwsService.LOGS));
		}
	}

	@Test
	void followsTheSettingsOfTheAwsSdkForFipsAndDualStack(@TempDir Path directory) throws Exception {
		Path config = Files.writeString(directory.resolve("config"), """
				[profile secure]
				use_fips_endpoint = true
				use_dualstack_endpoint = true
				""");
		try (SystemProperties system = SystemProperties.withoutAws().set("aws.configFile", config)) {
			assertThat(host("region", "us-east-2", "profile", "secure")).isEqualTo("xray-fips.us-east-2.api.aws");
			assertThat(host("region", "us-east-2", "profile", "secure", "fips", "false", "dualstack", "false"))
				.isEqualTo("xray.us-east-2.amazonaws.com");
			system.set("aws.useFipsEndpoint", "true");
			assertThat(host("region", "us-east-2")).isEqualTo("xray-fips.us-east-2.amazonaws.com");
			system.set("aws.useDualstackEndpoint", "true");
			assertThat(host("region", "us-east-2")).isEqualTo("xray-fips.us-east-2.api.aws");
			assertThat(host("region", "us-east-2", "fips", "false")).isEqualTo("xray.us-east-2.api.aws");
		}
	}

	private static @Nullable String host(String... properties) {
		return endpoints(TestProperties.of(properties)).resolve(AwsService.XRAY).url().getHost();
	}

	private static AwsEndpoints endpoints(AwsProperties properties) {
		return new AwsEndpoints(properties, new AwsRegionResolver(properties, null), SpringCloudAwsSettings.NONE);
	}

}
