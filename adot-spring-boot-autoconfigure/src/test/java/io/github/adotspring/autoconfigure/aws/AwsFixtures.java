package io.github.adotspring.autoconfigure.aws;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Makes for tests of other packages what only this package can make.
 */
public final class AwsFixtures {

	private AwsFixtures() {
	}

	/**
	 * A machine with these environment variables that is otherwise no AWS compute.
	 */
	public static AwsCompute compute(Map<String, String> variables) {
		return new AwsCompute(variables::get, Path.of("/nonexistent"));
	}

	public static SigV4Signer signer(AwsCredentialsProvider provider, Clock clock) {
		AwsProperties properties = TestProperties.of("region", "us-east-1");
		return new SigV4Signer(new AwsCredentials(properties, new AwsRegionResolver(properties, null), provider),
				clock);
	}

	public static AwsConfigurationException missing(String message, String fix) {
		return new AwsConfigurationException(message, fix, null);
	}

}
