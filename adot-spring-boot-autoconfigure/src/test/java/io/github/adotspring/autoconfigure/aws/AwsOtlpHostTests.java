package io.github.adotspring.autoconfigure.aws;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AwsOtlpHost}.
 */
final class AwsOtlpHostTests {

	@ParameterizedTest
	@CsvSource({ "xray.eu-west-1.amazonaws.com, XRAY, eu-west-1", "logs.eu-west-1.amazonaws.com, LOGS, eu-west-1",
			"monitoring.eu-west-1.amazonaws.com, MONITORING, eu-west-1",
			"xray-fips.us-east-1.amazonaws.com, XRAY, us-east-1", "logs-fips.us-east-1.amazonaws.com, LOGS, us-east-1",
			"monitoring-fips.us-east-1.amazonaws.com, MONITORING, us-east-1", "xray.eu-west-1.api.aws, XRAY, eu-west-1",
			"logs-fips.us-east-1.api.aws, LOGS, us-east-1", "xray.cn-north-1.amazonaws.com.cn, XRAY, cn-north-1",
			"logs.cn-northwest-1.api.amazonwebservices.com.cn, LOGS, cn-northwest-1",
			"logs.us-gov-west-1.amazonaws.com, LOGS, us-gov-west-1",
			"monitoring-fips.us-gov-east-1.api.aws, MONITORING, us-gov-east-1",
			"xray.eusc-de-east-1.amazonaws.eu, XRAY, eusc-de-east-1",
			"xray-fips.eusc-de-east-1.api.amazonwebservices.eu, XRAY, eusc-de-east-1",
			"xray.us-iso-east-1.c2s.ic.gov, XRAY, us-iso-east-1",
			"monitoring.us-iso-west-1.api.aws.ic.gov, MONITORING, us-iso-west-1",
			"logs.us-isob-east-1.sc2s.sgov.gov, LOGS, us-isob-east-1",
			"logs.us-isob-east-1.api.aws.scloud, LOGS, us-isob-east-1",
			"xray.eu-isoe-west-1.cloud.adc-e.uk, XRAY, eu-isoe-west-1",
			"xray.eu-isoe-west-1.api.cloud-aws.adc-e.uk, XRAY, eu-isoe-west-1",
			"monitoring.us-isof-south-1.csp.hci.ic.gov, MONITORING, us-isof-south-1",
			"monitoring-fips.us-isof-east-1.api.aws.hci.ic.gov, MONITORING, us-isof-east-1",
			"vpce-0abc-x1.xray.us-east-1.vpce.amazonaws.com, XRAY, us-east-1",
			"vpce-0abc-x1-us-east-1a.logs.us-east-1.vpce.amazonaws.com, LOGS, us-east-1",
			"vpce-0abc-x1.monitoring.cn-north-1.vpce.amazonaws.com.cn, MONITORING, cn-north-1",
			"XRAY.EU-West-1.AmazonAWS.com, XRAY, eu-west-1", "xray.eu-west-1.amazonaws.com:443, XRAY, eu-west-1",
			"xray.eu-west-1.amazonaws.com:8443, XRAY, eu-west-1", "xray.eu-west-1.amazonaws.com., XRAY, eu-west-1" })
	void readsServiceAndRegion(String host, AwsService service, String region) {
		assertThat(AwsOtlpHost.of(URI.create("https://" + host + "/v1/traces")))
			.isEqualTo(new AwsOtlpHost(service, region));
		assertThat(AwsOtlpHost.of(URI.create("HTTPS://" + host))).isEqualTo(new AwsOtlpHost(service, region));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://xray.eu-west-1.amazonaws.com/v1/traces",
			"https://xray.eu-west-1.amazonaws.com.evil.example/v1/traces", "https://xray.amazonaws.com/v1/traces",
			"https://example.com/v1/traces", "https://localhost:4318/v1/traces", "https://127.0.0.1/v1/traces",
			"https://xray.eu-west-1.evil.example/v1/traces", "https://xray.eu-west-1.evilamazonaws.com/v1/traces",
			"https://evil.example/xray.eu-west-1.amazonaws.com/v1/traces",
			"https://xray.eu-west-1.amazonaws.com@evil.example/v1/traces",
			"https://evilxray.eu-west-1.amazonaws.com/v1/traces", "https://s3.eu-west-1.amazonaws.com/v1/traces",
			"https://xray.nowhere.amazonaws.com/v1/traces", "https://xray-fips.eu.west.1.amazonaws.com/v1/traces",
			"https://a.b.xray.eu-west-1.amazonaws.com/v1/traces", "https://xray.eu-west-1.amazonaws.co/v1/traces",
			"xray.eu-west-1.amazonaws.com/v1/traces", "mailto:xray@eu-west-1.amazonaws.com" })
	void takesNothingElseForAnEndpointOfAws(String url) {
		assertThat(AwsOtlpHost.of(URI.create(url))).isNull();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write, eu-west-1",
					"https://vpce-1-a.aps-workspaces.cn-north-1.vpce.amazonaws.com.cn/, cn-north-1",
					"https://logs.us-gov-west-1.api.aws/, us-gov-west-1",
					"http://aps-workspaces.eu-west-1.amazonaws.com/, -", "https://prometheus.eu-west-1.example.com/, -",
					"https://eu-west-1.amazonaws.com/, -" })
	void readsTheRegionOfAnyHostOfAws(String url, @Nullable String region) {
		assertThat(AwsOtlpHost.regionOf(URI.create(url))).isEqualTo(region);
	}

	@ParameterizedTest
	@EnumSource(names = "AMP", mode = EnumSource.Mode.EXCLUDE)
	void readsWhatTheEndpointsOfEveryPartitionAre(AwsService service) {
		for (String region : new String[] { "eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1",
				"us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1" }) {
			for (String fips : new String[] { "true", "false" }) {
				for (String dualstack : new String[] { "true", "false" }) {
					AwsProperties properties = TestProperties.of("region", region, "fips", fips, "dualstack",
							dualstack);
					URI url = new AwsEndpoints(properties, new AwsRegionResolver(properties, null),
							SpringCloudAwsSettings.NONE)
						.resolve(service)
						.url();
					assertThat(AwsOtlpHost.of(url)).as(url.toString()).isEqualTo(new AwsOtlpHost(service, region));
				}
			}
		}
	}

}
