package io.github.adotspring.autoconfigure.aws;

import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AwsProperties}: what a user reads who got one wrong.
 */
final class AwsPropertiesTests {

	private static final String WRITE_A_REGION = "Write a region such as 'eu-west-1', "
			+ "or remove the property to use the AWS SDK's chain.";

	private static final String WRITE_AN_ARN = "Write an ARN such as 'arn:aws:iam::123456789012:role/telemetry'.";

	private static final String WRITE_A_URL = "Write a URL such as 'https://host:port/path'.";

	private static final String GIVE_HEADERS = "Give credentials and API keys as headers, "
			+ "in 'otel.exporter.otlp.headers'.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "eu west 1", "EU-WEST-1", "eu-west", "europe", "eu-west-1a", "https://eu-west-1" })
	void refusesWhatIsNoRegion(String region) {
		assertAnalysis("region=" + region, "Property 'management.adot.aws.region' has the value '" + region
				+ "', but a region is the code of one AWS region in lower case.", WRITE_A_REGION);
	}

	@Test
	void takesABlankValueForNone() {
		AwsProperties properties = TestProperties.of("region", "", "profile", " ", "role-arn", "", "role-session-name",
				"");
		assertThat(properties.region()).isNull();
		assertThat(properties.profile()).isNull();
		assertThat(properties.roleArn()).isNull();
		assertThat(properties.roleSessionName()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry", "arn:aws:iam::1234:role/telemetry", "arn:aws:iam::123456789012:user/me",
			"arn:aws:sts::123456789012:assumed-role/telemetry/session" })
	void refusesWhatIsNoRole(String arn) {
		assertAnalysis("role-arn=" + arn, "Property 'management.adot.aws.role-arn' has the value '" + arn
				+ "', but a role is given by the ARN of an IAM role.", WRITE_AN_ARN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "arn:aws:iam::123456789012:role/telemetry",
			"arn:aws-cn:iam::123456789012:role/path/to/telemetry",
			"arn:aws-us-gov:iam::123456789012:role/a+b=c,d.e@f" })
	void takesRolesOfEveryPartition(String arn) {
		assertThat(TestProperties.of("role-arn", arn).roleArn()).isEqualTo(arn);
	}

	@ParameterizedTest
	@ValueSource(strings = { "traces-endpoint", "logs-endpoint", "metrics-endpoint", "sts-endpoint" })
	void refusesAnEndpointThatIsNoFullUrl(String property) {
		for (String url : new String[] { "xray.eu-west-1.amazonaws.com", "ftp://example.com/v1/traces", "/v1/traces",
				"https:///v1/traces" }) {
			assertAnalysis(property + "=" + url, "Property 'management.adot.aws." + property + "' has the value '" + url
					+ "', but an endpoint is a full URL with scheme and host.", WRITE_A_URL);
		}
	}

	@Test
	void refusesSecretsInAnEndpointAndDoesNotShowThem() {
		assertAnalysis("traces-endpoint=https://me:s3cret@example.com:8443/v1/traces",
				"Property 'management.adot.aws.traces-endpoint' has the value 'https://example.com:8443/v1/traces', "
						+ "but an endpoint has no user, query or fragment part.",
				GIVE_HEADERS);
		assertAnalysis("traces-endpoint=https://example.com/v1/traces?key=s3cret",
				"Property 'management.adot.aws.traces-endpoint' has the value 'https://example.com/v1/traces', "
						+ "but an endpoint has no user, query or fragment part.",
				GIVE_HEADERS);
		assertAnalysis("traces-endpoint=https://example.com/v1/traces#s3cret",
				"Property 'management.adot.aws.traces-endpoint' has the value 'https://example.com/v1/traces', "
						+ "but an endpoint has no user, query or fragment part.",
				GIVE_HEADERS);
	}

	@Test
	void doesNotShowSecretsOfAnEndpointThatIsWrongInAnotherWayToo() {
		assertAnalysis("traces-endpoint=https://me:s3cret@my_host/v1/traces?key=s3cret",
				"Property 'management.adot.aws.traces-endpoint' has the value 'https://my_host/v1/traces', "
						+ "but an endpoint is a full URL with scheme and host.",
				WRITE_A_URL);
		assertAnalysis("traces-endpoint=ftp://me:s3cret@host/v1/traces",
				"Property 'management.adot.aws.traces-endpoint' has the value 'ftp://host/v1/traces', "
						+ "but an endpoint is a full URL with scheme and host.",
				WRITE_A_URL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fips", "dualstack" })
	void refusesToChooseBetweenEndpointsOfAwsAndOneThatIsGiven(String flag) {
		this.runner
			.withPropertyValues("management.adot.aws." + flag + "=true",
					"management.adot.aws.logs-endpoint=https://proxy.example.com/v1/logs")
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).isEqualTo("Property 'management.adot.aws." + flag
						+ "' has the value 'true', but it chooses between AWS's own endpoints and can't be combined with "
						+ "the endpoint 'https://proxy.example.com/v1/logs' given in 'management.adot.aws.logs-endpoint'.");
				assertThat(analysis.getAction()).isEqualTo("Remove 'management.adot.aws." + flag
						+ "', or remove 'management.adot.aws.logs-endpoint' to use AWS's own endpoint.");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "fips", "dualstack" })
	void combinesAFlagThatIsOffWithAnEndpoint(String flag) {
		assertThat(TestProperties.of(flag, "false", "logs-endpoint", "https://proxy.example.com/v1/logs")
			.endpoint(AwsService.LOGS)).hasHost("proxy.example.com");
	}

	@Test
	void leavesToBootWhatItCanNotConvert() {
		this.runner.withPropertyValues("management.adot.aws.fips=maybe").run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription().lines().map(String::strip)).contains(
					"Property: management.adot.aws.fips", "Value: \"maybe\"",
					"Reason: failed to convert java.lang.String to java.lang.Boolean "
							+ "(caused by java.lang.IllegalArgumentException: Invalid boolean value 'maybe')");
			assertThat(analysis.getAction()).isEqualTo("Update your application's configuration");
		});
	}

	private void assertAnalysis(String property, String description, String action) {
		this.runner.withPropertyValues("management.adot.aws." + property).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo(description);
			assertThat(analysis.getAction()).isEqualTo(action);
		});
	}

}
