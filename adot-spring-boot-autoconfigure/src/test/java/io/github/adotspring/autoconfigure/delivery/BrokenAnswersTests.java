package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SelfSignedCertificate;
import io.opentelemetry.sdk.common.CompletableResultCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for servers that break off, stall, flood or speak something else in the middle of
 * an answer.
 */
@Timeout(60)
final class BrokenAnswersTests {

	private static final int BUFFERS = 16 * 1024 * 1024;

	private final LogLines log = LogLines.listen();

	@AfterEach
	void close() {
		this.log.close();
	}

	static Stream<Arguments> brokenOff() {
		return Stream.of(Arguments.of("half closed", Script.halfClosed("HTTP/1.1 200 OK\r\nContent-Le")),
				Arguments.of("half a body", Script.halfClosed("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
				Arguments.of("truncated chunks", Script.truncatedChunks()),
				Arguments.of("garbage chunks", Script.garbageChunks()),
				Arguments.of("reset in headers", Script.reset("HTTP/1.1 200 OK\r\nContent-Le")),
				Arguments.of("reset in body", Script.reset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
				Arguments.of("reset", Script.reset("")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void brokenOff(String name, Script script) {
		try (ScriptedEndpoint server = ScriptedEndpoint.start(script);
				Pipeline pipeline = pipeline(server.url(), "retry.max-attempts=3")) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(server.requests()).hasSize(3);
			assertThat(pipeline.status().byReason(Result.FAILED)).isEqualTo(Map.of("unreachable", 2L));
			assertThat(pipeline.lastError()).startsWith("no connection: ").endsWith(" (after 3 attempts)");
			assertThat(this.log.lines()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow" })
	void endsASlowAnswerInTime(String start) {
		Semaphore permits = new Semaphore(start.length());
		try (ScriptedEndpoint server = ScriptedEndpoint.start(Script.drip(start + "x".repeat(200), permits));
				Pipeline pipeline = pipeline(server.url(), "request-timeout=200ms", "retry.max-attempts=1")) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.status().byReason(Result.FAILED)).isEqualTo(Map.of("timeout", 2L));
			// The connection is not left to dangle.
			permits.release(200);
			server.awaitEnds(1);
		}
	}

	@Test
	void takesASlowAnswerThatComesInTime() {
		Semaphore permits = new Semaphore(0);
		try (ScriptedEndpoint server = ScriptedEndpoint
			.start(Script.drip("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow", permits));
				Pipeline pipeline = pipeline(server.url())) {
			CompletableResultCode sent = pipeline.send(Spans.ended(2));
			server.awaitConnections(1);
			permits.release(1_000);
			assertThat(sent.join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
		}
	}

	@Test
	void readsOnlyTheStartOfAHugeRefusal() {
		try (ScriptedEndpoint server = ScriptedEndpoint.start(Script.flood(400, 100_000_000));
				Pipeline pipeline = pipeline(server.url())) {
			assertThat(pipeline.export(2)).isFalse();
			server.awaitEnds(1);
			assertThat(server.bytesSent()).isLessThan(BUFFERS);
			assertThat(pipeline.lastError()).startsWith("HTTP 400: xxx").hasSizeLessThan(600);
			assertThat(pipeline.status().rejected()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400 })
	void readsOnlyTheStartOfAnEndlessAnswer(int status) {
		try (ScriptedEndpoint server = ScriptedEndpoint.start(Script.endless(status));
				Pipeline pipeline = pipeline(server.url())) {
			assertThat(pipeline.export(2)).isEqualTo(status == 200);
			server.awaitEnds(1);
			assertThat(server.bytesSent()).isLessThan(BUFFERS);
			assertThat(pipeline.status().exported()).isEqualTo((status == 200) ? 2 : 0);
		}
	}

	@Test
	void doesNotTryACertificateAgainThatNobodyTrusts() {
		try (ScriptedEndpoint server = ScriptedEndpoint.startTls(SelfSignedCertificate.ofThisMachine(),
				Script.answer(Script.text(200, ""))); Pipeline pipeline = pipeline(server.url())) {
			assertThat(pipeline.export(2)).isFalse();
			server.awaitConnections(1);
			assertThat(server.requests()).isEmpty();
			assertThat(pipeline.status().byReason(Result.FAILED)).isEqualTo(Map.of("not_trusted", 2L));
			assertThat(pipeline.lastError()).startsWith("no connection: SSL")
				.contains("PKIX")
				.doesNotContain("attempts");
			assertThat(this.log.lines()).singleElement().asString().contains("'otel.exporter.otlp.certificate'");
		}
	}

	@Test
	void triesACertificateOfAnotherHostOnce() {
		SelfSignedCertificate certificate = SelfSignedCertificate.of("elsewhere.example");
		try (ScriptedEndpoint server = ScriptedEndpoint.startTls(certificate, Script.answer(Script.text(200, "")));
				DeliveryExecutor executor = new DeliveryExecutor()) {
			RetrySchedule retry = new RetrySchedule(3, Duration.ofMillis(1), Duration.ofMillis(1), (bound) -> bound);
			HttpFormat format = new OtlpFormat(Map::of, null);
			HttpDestination destination = new HttpDestination(format,
					HttpRequests.unsigned(server.url("/v1/traces"), format),
					new HttpTransport(Duration.ofSeconds(10), certificate.clientContext()), executor,
					new ExchangeLimits(retry, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMinutes(5), 1),
					Clock.systemUTC());
			Outcome outcome = destination.deliver(Spans.payload(1)).join();
			assertThat(outcome.failure()).isEqualTo(Failure.NOT_TRUSTED);
			assertThat(outcome.message()).contains("No ").doesNotContain("attempts");
		}
	}

	@Test
	void saysThatAPortDoesNotSpeakTls() {
		try (ScriptedEndpoint server = ScriptedEndpoint.start(Script.plain(Script.text(400, "Bad Request")));
				Pipeline pipeline = pipeline(server.urlOfOtherScheme(""))) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.status().byReason(Result.FAILED)).isEqualTo(Map.of("not_trusted", 2L));
			assertThat(this.log.lines()).singleElement().asString().contains("write the endpoint with 'http://'");
		}
	}

	@Test
	void failsWhereAPortSpeaksTlsOnly() {
		try (ScriptedEndpoint server = ScriptedEndpoint.startTls(SelfSignedCertificate.ofThisMachine(),
				Script.answer(Script.text(200, "")));
				Pipeline pipeline = pipeline(server.urlOfOtherScheme(""), "retry.max-attempts=2")) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(pipeline.status().byReason(Result.FAILED)).isEqualTo(Map.of("unreachable", 2L));
		}
	}

	@Test
	void saysWhatToDoAboutARedirect() {
		try (AwsEndpoint target = AwsEndpoint.withoutSignature();
				ScriptedEndpoint server = ScriptedEndpoint.start(Script.redirect(308, target.url("/v1/traces")));
				Pipeline pipeline = pipeline(server.url())) {
			assertThat(pipeline.export(2)).isFalse();
			assertThat(server.requests()).hasSize(1);
			assertThat(target.requests()).isEmpty();
			assertThat(pipeline.status().rejected()).isEqualTo(2);
			assertThat(this.log.lines()).singleElement().asString().contains("Redirects are not followed");
		}
	}

	private static Pipeline pipeline(URI server, String... properties) {
		return Pipeline.toCollector(server,
				Stream.of(properties).map((property) -> "management.adot.delivery." + property).toArray(String[]::new));
	}

}
