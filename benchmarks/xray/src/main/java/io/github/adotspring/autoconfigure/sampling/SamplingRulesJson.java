package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The rules, as X-Ray answers them.
 */
final class SamplingRulesJson {

	private SamplingRulesJson() {
	}

	static String read() throws IOException {
		try (InputStream resource = SamplingRulesJson.class.getResourceAsStream("sampling-rules.json")) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
