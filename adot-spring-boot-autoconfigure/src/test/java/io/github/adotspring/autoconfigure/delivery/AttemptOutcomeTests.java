package io.github.adotspring.autoconfigure.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AttemptOutcome}: errors that the JDK's client tells in several ways.
 */
class AttemptOutcomeTests {

	private static final SSLException PLAINTEXT = new SSLException("Unrecognized SSL message");

	@Test
	void tellsThatTlsFailedWhicheverSideOfTheClientSawIt() {
		Outcome expected = Outcome.failed(Failure.NOT_TRUSTED, "no connection: SSLException Unrecognized SSL message");
		assertThat(of(PLAINTEXT)).isEqualTo(expected);
		assertThat(of(new IOException("HTTP/1.1 header parser received no bytes", PLAINTEXT))).isEqualTo(expected);
		assertThat(of(new SSLException("closing", PLAINTEXT))).isEqualTo(expected);
	}

	@Test
	void tellsWhatIsWrongWithACertificate() {
		assertThat(of(handshake("no path", new CertPathValidatorException("expired"))))
			.isEqualTo(Outcome.failed(Failure.NOT_TRUSTED, "no connection: SSLHandshakeException no path"));
	}

	@Test
	void takesAConnectionThatBreaksDuringTheHandshakeForABrokenConnection() {
		Throwable broken = handshake("Remote host terminated the handshake", new EOFException("closed"));
		assertThat(of(broken).failure()).isEqualTo(Failure.UNREACHABLE);
		assertThat(of(new IOException("no bytes", broken)).failure()).isEqualTo(Failure.UNREACHABLE);
	}

	private static Outcome of(Throwable error) {
		return AttemptOutcome.of(new CompletionException(error));
	}

	private static SSLHandshakeException handshake(String message, Throwable cause) {
		SSLHandshakeException failed = new SSLHandshakeException(message);
		failed.initCause(cause);
		return failed;
	}

}
