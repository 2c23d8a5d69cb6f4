package io.github.adotspring.autoconfigure.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link JdkSdkHttpClient}.
 */
@Timeout(60)
final class JdkSdkHttpClientTests {

	private final JdkSdkHttpClient client = new JdkSdkHttpClient();

	@Test
	void sendsHeadersAndBodyAndHandsBackTheAnswer() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(201).header("x-amzn-RequestId", "1").body("text/xml", utf8("<ok/>")));
			HttpExecuteResponse response = call(request(server.url("/path%20with/~sign?a=b%20c"), "form=1"));
			assertThat(response.httpResponse().statusCode()).isEqualTo(201);
			assertThat(response.httpResponse().firstMatchingHeader("x-amzn-requestid")).hasValue("1");
			assertThat(response.responseBody())
				.hasValueSatisfying((body) -> assertThat(body).hasBinaryContent(utf8("<ok/>")));
			assertThat(server.requests()).singleElement().satisfies((request) -> {
				assertThat(request.method()).isEqualTo("POST");
				assertThat(request.path()).isEqualTo("/path%20with/~sign");
				assertThat(request.query()).isEqualTo("a=b%20c");
				assertThat(request.headerValues("x-custom")).containsExactly("one", "two");
				assertThat(request.header("content-length")).isEqualTo("6");
				assertThat(request.body()).asString(StandardCharsets.UTF_8).isEqualTo("form=1");
			});
		}
	}

	@Test
	void handsBackAnErrorOfTheServerAsItIs() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(500).body("text/plain", utf8("broken")));
			HttpExecuteResponse response = call(request(server.url("/"), ""));
			assertThat(response.httpResponse().statusCode()).isEqualTo(500);
			assertThat(response.responseBody())
				.hasValueSatisfying((body) -> assertThat(body).hasBinaryContent(utf8("broken")));
		}
	}

	@Test
	void doesNotFollowARedirect() throws Exception {
		try (AwsEndpoint server = AwsEndpoint.withoutSignature(); AwsEndpoint other = AwsEndpoint.withoutSignature()) {
			server.enqueue(Answer.status(307).header("Location", other.url("/").toString()));
			assertThat(call(request(server.url("/"), "")).httpResponse().statusCode()).isEqualTo(307);
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void failsWithAnIoExceptionWhereTheServerIsBroken() {
		try (BrokenEndpoint closing = BrokenEndpoint.closing();
				BrokenEndpoint refusing = BrokenEndpoint.refusing();
				BrokenEndpoint garbage = BrokenEndpoint.garbage()) {
			assertThatIOException().isThrownBy(() -> call(request(closing.url("/"), "")));
			assertThatIOException().isThrownBy(() -> call(request(refusing.url("/"), "")));
			assertThatIOException().isThrownBy(() -> call(request(garbage.url("/"), "")));
		}
	}

	@Test
	void givesUpOnAServerThatDoesNotAnswer() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent()) {
			JdkSdkHttpClient impatient = new JdkSdkHttpClient(Duration.ofMillis(200));
			assertThatIOException().isThrownBy(() -> impatient.prepareRequest(request(silent.url("/"), "")).call());
		}
	}

	@Test
	void givesUpOnAServerThatStopsInTheMiddleOfItsAnswer() {
		try (BrokenEndpoint stalling = BrokenEndpoint.stalling("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
			JdkSdkHttpClient impatient = new JdkSdkHttpClient(Duration.ofMillis(200));
			assertThatIOException().isThrownBy(() -> impatient.prepareRequest(request(stalling.url("/"), "")).call());
		}
	}

	@Test
	void passesOnAnInterrupt() {
		try (BrokenEndpoint silent = BrokenEndpoint.silent()) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptedIOException.class)
				.isThrownBy(() -> call(request(silent.url("/"), "")));
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private HttpExecuteResponse call(HttpExecuteRequest request) throws IOException {
		return this.client.prepareRequest(request).call();
	}

	private static HttpExecuteRequest request(URI uri, String body) {
		SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
			.method(SdkHttpMethod.POST)
			.uri(uri)
			.putHeader("Host", uri.getAuthority())
			.putHeader("Content-Length", String.valueOf(body.length()))
			.appendHeader("x-custom", "one")
			.appendHeader("x-custom", "two");
		return HttpExecuteRequest.builder()
			.request(request.build())
			.contentStreamProvider(() -> new ByteArrayInputStream(utf8(body)))
			.build();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
