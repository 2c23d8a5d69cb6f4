package io.github.adotspring.autoconfigure.aws;

import io.github.adotspring.autoconfigure.testing.SystemProperties;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProviderNames}.
 */
final class ProviderNamesTests {

	@Test
	void areWordsForWhatTheSdkGives() {
		try (SystemProperties properties = SystemProperties.withoutAws()) {
			properties.set("aws.accessKeyId", "id").set("aws.secretAccessKey", "secret");
			String code = SystemPropertyCredentialsProvider.create().resolveCredentials().providerName().orElseThrow();
			assertThat(ProviderNames.inWords(code)).isEqualTo("system properties");
		}
	}

	@Test
	void keepTheOrderOfSeveralProviders() {
		assertThat(ProviderNames.inWords("h,k"))
			.isEqualTo("web identity of environment variables, assumed role with web identity");
	}

	@Test
	void leaveOthersAlone() {
		assertThat(ProviderNames.inWords("VaultProvider")).isEqualTo("VaultProvider");
	}

}
