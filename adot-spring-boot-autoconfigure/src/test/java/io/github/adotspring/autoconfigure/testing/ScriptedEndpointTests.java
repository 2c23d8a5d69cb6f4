package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ScriptedEndpoint} and its {@link Script scripts}.
 */
class ScriptedEndpointTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void sendsExactlyTheBytesItIsTold() throws Exception {
		Script script = Script
			.answer("HTTP/1.1 403 Forbidden\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 3\r\n"
					+ "Content-Length: 2\r\n\r\nno", OK);
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(script)) {
			HttpResponse<String> response = post(endpoint.url("/v1/traces?a=b"));
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.headers().firstValue("Date")).hasValue("Sun, 06 Nov 1994 08:49:37 GMT");
			assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
			assertThat(response.body()).isEqualTo("no");
			assertThat(post(endpoint.url("/v1/logs")).body()).isEqualTo("done");
			endpoint.awaitConnections(1);
			assertThat(endpoint.requests()).hasSize(2).first().satisfies((request) -> {
				assertThat(request).hasToString("POST /v1/traces?a=b (4 bytes)");
				assertThat(request.header("X-Test")).isEqualTo("yes: it is");
				assertThat(request.body()).asString().isEqualTo("body");
			});
		}
	}

	@Test
	void sendsHeadersAndBodyAsSlowlyAsTheTestLetsIt() throws Exception {
		Semaphore permits = new Semaphore(0);
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.drip(OK, permits))) {
			CompletableFuture<HttpResponse<InputStream>> response = this.client
				.sendAsync(request(endpoint.url("/v1/traces")), BodyHandlers.ofInputStream());
			endpoint.awaitConnections(1);
			permits.release(OK.length() - 5);
			awaitSent(endpoint, OK.length() - 5);
			assertThat(response).isNotDone();
			permits.release(2);
			try (InputStream body = response.get(20, TimeUnit.SECONDS).body()) {
				assertThat(body.read()).isEqualTo('d');
				assertThat(body.available()).isZero();
				permits.release(3);
				assertThat(body.readAllBytes()).asString().isEqualTo("one");
			}
		}
	}

	@Test
	void stopsInTheMiddleOfAnAnswer() {
		for (String start : new String[] { "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Le",
				"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndo" }) {
			try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.halfClosed(start))) {
				assertThatIOException().as(start).isThrownBy(() -> post(endpoint.url("/v1/traces")));
			}
		}
	}

	@Test
	void breaksOffAChunkedBody() {
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.truncatedChunks())) {
			assertThatIOException().isThrownBy(() -> post(endpoint.url("/v1/traces")))
				.withStackTraceContaining("chunked");
		}
	}

	@Test
	void sendsChunksOfGarbage() {
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.garbageChunks())) {
			assertThatIOException().isThrownBy(() -> post(endpoint.url("/v1/traces")))
				.withStackTraceContaining("chunk");
		}
	}

	@Test
	void countsWhatTheClientTakesOfAFlood() throws Exception {
		long length = 100_000_000;
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.flood(500, length))) {
			HttpResponse<InputStream> response = this.client.send(request(endpoint.url("/v1/traces")),
					BodyHandlers.ofInputStream());
			assertThat(response.statusCode()).isEqualTo(500);
			try (InputStream body = response.body()) {
				assertThat(body.readNBytes(10)).asString().isEqualTo("xxxxxxxxxx");
			}
			endpoint.awaitEnds(1);
			assertThat(endpoint.bytesSent()).isBetween(10L, length / 2);
		}
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.flood(500, 1_000_001))) {
			assertThat(post(endpoint.url("/v1/traces")).body()).hasSize(1_000_001);
			// The client may have what the server has not yet counted.
			Awaitility.await().untilAsserted(() -> assertThat(endpoint.bytesSent()).isGreaterThan(1_000_001));
		}
	}

	@Test
	void sendsABodyThatNeverEnds() throws Exception {
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.endless(200))) {
			HttpResponse<InputStream> response = this.client.send(request(endpoint.url("/v1/traces")),
					BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				assertThat(body.readNBytes(20_000_000)).hasSize(20_000_000);
			}
			endpoint.awaitEnds(1);
			assertThat(endpoint.bytesSent()).isGreaterThan(20_000_000);
		}
	}

	@Test
	void redirects() throws Exception {
		URI target = URI.create("http://127.0.0.1:1/elsewhere");
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.redirect(307, target))) {
			HttpResponse<String> response = post(endpoint.url("/v1/traces"));
			assertThat(response.statusCode()).isEqualTo(307);
			assertThat(response.headers().firstValue("Location")).hasValue(target.toString());
		}
	}

	@Test
	void resetsTheConnection() {
		for (String start : new String[] { "", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndo" }) {
			try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(Script.reset(start))) {
				assertThatIOException().isThrownBy(() -> post(endpoint.url("/v1/traces")))
					.withStackTraceContaining("reset");
			}
		}
	}

	@Test
	void speaksTls() throws Exception {
		SelfSignedCertificate certificate = SelfSignedCertificate.ofThisMachine();
		assertThat(certificate.pem()).startsWith("-----BEGIN CERTIFICATE-----\nMII");
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.startTls(certificate, Script.answer(OK))) {
			HttpClient trusting = trusting(certificate);
			assertThat(trusting.send(request(endpoint.url("/v1/traces")), BodyHandlers.ofString()).body())
				.isEqualTo("done");
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> post(endpoint.url("/v1/traces")))
				.withMessageContaining("unable to find valid certification path");
		}
	}

	@Test
	void hasACertificateOfAnotherHost() {
		SelfSignedCertificate other = SelfSignedCertificate.of("collector.example.com");
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.startTls(other, Script.answer(OK))) {
			assertThatExceptionOfType(SSLHandshakeException.class)
				.isThrownBy(() -> trusting(other).send(request(endpoint.url("/v1/traces")), BodyHandlers.ofString()))
				.withMessageContaining("No subject alternative names matching IP address 127.0.0.1 found");
		}
	}

	@Test
	void doesNotUnderstandPlainHttpWhereItSpeaksTls() {
		SelfSignedCertificate certificate = SelfSignedCertificate.ofThisMachine();
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.startTls(certificate, Script.answer(OK))) {
			assertThatIOException().isThrownBy(() -> post(endpoint.urlOfOtherScheme("/v1/traces")));
			assertThat(endpoint.requests()).isEmpty();
		}
	}

	@Test
	void answersInPlainHttpToWhoSpeaksTls() {
		Script script = Script.plain("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
		try (ScriptedEndpoint endpoint = ScriptedEndpoint.start(script)) {
			assertThatExceptionOfType(SSLException.class)
				.isThrownBy(() -> post(endpoint.urlOfOtherScheme("/v1/traces")))
				.withMessageContaining("SSL message");
		}
	}

	private HttpResponse<String> post(URI url) throws IOException, InterruptedException {
		return this.client.send(request(url), BodyHandlers.ofString());
	}

	private static HttpRequest request(URI url) {
		return HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(20))
			.header("X-Test", "yes: it is")
			.POST(HttpRequest.BodyPublishers.ofString("body"))
			.build();
	}

	private static HttpClient trusting(SelfSignedCertificate certificate) {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.sslContext(certificate.clientContext())
			.build();
	}

	private static void awaitSent(ScriptedEndpoint endpoint, long bytes) {
		Awaitility.await().untilAsserted(() -> assertThat(endpoint.bytesSent()).isEqualTo(bytes));
	}

}
