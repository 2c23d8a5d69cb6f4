package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;

/**
 * Reads the outcome of one attempt from the answer, or from the error where there is
 * none.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP
 * responses</a>
 */
final class AttemptOutcome {

	private static final Set<Integer> TRANSIENT_STATUS = Set.of(429, 502, 503, 504);

	private AttemptOutcome() {
	}

	static Outcome of(HttpResponse<byte[]> response) {
		int status = response.statusCode();
		if (status >= 200 && status < 300) {
			return Outcome.delivered(status);
		}
		String text = ErrorText.of(response.body(), response.headers().firstValue("content-type").orElse(null));
		String message = "HTTP " + status + (text.isEmpty() ? "" : ": " + text);
		return new Outcome(TRANSIENT_STATUS.contains(status) ? Failure.UNAVAILABLE : Failure.REJECTED, status, message);
	}

	static Outcome of(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
			return Outcome.failed(Failure.TIMEOUT, "no answer in time");
		}
		Failure failure = (cause instanceof IOException && !(cause instanceof SSLException)) ? Failure.UNREACHABLE
				: Failure.REJECTED;
		return Outcome.failed(failure, ErrorText.clean("no connection: " + describe(cause)));
	}

	private static String describe(Throwable cause) {
		String message = cause.getMessage();
		return cause.getClass().getSimpleName() + ((message != null) ? " " + message : "");
	}

}
