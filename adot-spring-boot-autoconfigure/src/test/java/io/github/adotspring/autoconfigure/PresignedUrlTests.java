package io.github.adotspring.autoconfigure;

import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credentials in URLs don't leave the application, whoever made the span.
 */
class PresignedUrlTests {

	private static final String QUERY = "X-Amz-Credential=AKIDEXAMPLE&X-Amz-Security-Token=token&X-Amz-Signature=abc";

	@Test
	void credentialsAreNoneOfTheAttributesOfClientAndServer() {
		try (TestApplication application = TestApplication.start(Photos.class)) {
			assertThat(application.get("/fetch")).isEqualTo("a cat");
			ReceivedSpan client = application.awaitSpan((span) -> span.attributes().containsKey("url.full"));
			ReceivedSpan server = application.awaitSpan("GET /cat.png");
			assertThat(text(client, "url.full")).contains("X-Amz-Signature=REDACTED")
				.contains("size=2")
				.doesNotContain("AKIDEXAMPLE")
				.doesNotContain("abc");
			assertThat(text(server, "url.query")).contains("X-Amz-Security-Token=REDACTED")
				.doesNotContain("token&")
				.doesNotContain("abc");
		}
	}

	@Test
	void theUserDecidesWhichParametersAreCredentials() {
		try (TestApplication application = TestApplication.start(Photos.class,
				"management.adot.tracing.redacted-query-parameters=size")) {
			application.get("/cat.png?size=2&X-Amz-Signature=abc");
			assertThat(text(application.awaitSpan("GET /cat.png"), "url.query"))
				.isEqualTo("size=REDACTED&X-Amz-Signature=abc");
		}
	}

	private static String text(ReceivedSpan span, String attribute) {
		return String.valueOf(span.attributes().get(attribute));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Photos {

		private final RestClient client;

		Photos(RestClient.Builder builder) {
			this.client = builder.build();
		}

		@GetMapping("/fetch")
		String fetch() {
			String url = ServletUriComponentsBuilder.fromCurrentContextPath().build() + "/cat.png?size=2&" + QUERY;
			String body = this.client.get().uri(url).retrieve().body(String.class);
			return (body != null) ? body : "nothing";
		}

		@GetMapping("/cat.png")
		String cat() {
			return "a cat";
		}

	}

}
