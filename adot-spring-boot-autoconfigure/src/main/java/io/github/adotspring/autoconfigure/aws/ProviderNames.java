package io.github.adotspring.autoconfigure.aws;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what the AWS SDK calls the providers of credentials: it gives the codes of its
 * user agent, such as {@code g} for environment variables.
 */
final class ProviderNames {

	private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("e", "code"),
			Map.entry("f", "system properties"), Map.entry("g", "environment variables"),
			Map.entry("h", "web identity of environment variables"), Map.entry("i", "assumed role"),
			Map.entry("j", "assumed role with SAML"), Map.entry("k", "assumed role with web identity"),
			Map.entry("l", "federation token"), Map.entry("m", "session token"), Map.entry("n", "profile"),
			Map.entry("o", "source profile"), Map.entry("p", "credential source of a profile"),
			Map.entry("q", "web identity of a profile"), Map.entry("r", "IAM Identity Center of a profile"),
			Map.entry("s", "IAM Identity Center"), Map.entry("t", "legacy IAM Identity Center of a profile"),
			Map.entry("u", "legacy IAM Identity Center"), Map.entry("v", "process of a profile"),
			Map.entry("w", "process"), Map.entry("z", "container endpoint"), Map.entry("0", "instance metadata"),
			Map.entry("AC", "login of a profile"), Map.entry("AD", "login"));

	private ProviderNames() {
	}

	/**
	 * What the codes stand for, in their order. A provider that is not of the SDK has a
	 * name instead, which stays.
	 */
	static String inWords(String codes) {
		return Arrays.stream(codes.split(","))
			.map((code) -> NAMES.getOrDefault(code, code))
			.collect(Collectors.joining(", "));
	}

}
