package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link BrokenEndpoint}.
 */
class BrokenEndpointTests {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void closesConnections() {
		try (BrokenEndpoint endpoint = BrokenEndpoint.closing()) {
			assertThatIOException().isThrownBy(() -> post(endpoint.url("/v1/traces")));
			endpoint.awaitConnections(1);
		}
	}

	@Test
	void answersGarbage() {
		try (BrokenEndpoint endpoint = BrokenEndpoint.garbage()) {
			assertThatIOException().isThrownBy(() -> post(endpoint.url("/v1/traces")))
				.withStackTraceContaining("220 mail.example.com ready");
			endpoint.awaitConnections(1);
		}
	}

	@Test
	void doesNotAnswer() {
		CompletableFuture<?> response;
		try (BrokenEndpoint endpoint = BrokenEndpoint.silent()) {
			response = this.client.sendAsync(request(endpoint.url("/v1/traces")), BodyHandlers.discarding());
			endpoint.awaitConnections(1);
			assertThat(response).isNotDone();
		}
		// Closing the endpoint ends what it kept waiting.
		assertThat(response).failsWithin(Duration.ofSeconds(20))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void refusesConnections() {
		try (BrokenEndpoint endpoint = BrokenEndpoint.refusing()) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> post(endpoint.url("/v1/traces")));
		}
	}

	private void post(URI url) throws IOException, InterruptedException {
		this.client.send(request(url), BodyHandlers.discarding());
	}

	private static HttpRequest request(URI url) {
		return HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(20))
			.POST(HttpRequest.BodyPublishers.ofString("body"))
			.build();
	}

}
