package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became of one attempt.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP
 * responses</a>
 */
final class AttemptOutcome {

	private static final Set<Integer> TRANSIENT_STATUS = Set.of(429, 502, 503, 504);

	/** How AWS and collectors say with a 400 that a request holds too much. */
	private static final Pattern TOO_LARGE = Pattern.compile("\\btoo (?:large|big|long|many)\\b|\\blarger than\\b"
			+ "|\\bexceed(?:s|ed|ing)?\\b.*\\b(?:limit|size|max|maximum|bytes|length|count)\\b"
			+ "|\\b(?:limit|size|maximum|length)\\b.*\\bexceed(?:s|ed)?\\b", Pattern.CASE_INSENSITIVE);

	private AttemptOutcome() {
	}

	/**
	 * Read an answer, first as the format of the requests does.
	 * @param response the answer
	 * @param payload what was sent
	 * @param format the form of the requests
	 * @param clock tells how far away a date is, where the answer has no date of its own
	 * @param maxRetryAfter longest wait that the server may ask for
	 */
	static Outcome of(HttpResponse<byte[]> response, Payload payload, HttpFormat format, Clock clock,
			Duration maxRetryAfter) {
		int status = response.statusCode();
		Outcome read = format.read(new HttpFormat.Answer(status, response.body()), payload);
		if (read != null) {
			return (read.failure() == Failure.UNAVAILABLE && read.retryAfter() == null)
					? Outcome.answered(Failure.UNAVAILABLE, status, read.message(),
							RetryAfter.of(response.headers(), clock, maxRetryAfter))
					: read;
		}
		String contentType = response.headers().firstValue("content-type").orElse(null);
		if (status >= 200 && status < 300) {
			return Outcome.delivered(status, PartialSuccess.read(response.body(), contentType));
		}
		String text = ErrorText.of(response.body(), contentType);
		Duration retryAfter = RetryAfter.of(response.headers(), clock, maxRetryAfter);
		return Outcome.answered(failure(status, text), status, "HTTP " + status + (text.isEmpty() ? "" : ": " + text)
				+ ((retryAfter != null) ? " (Retry-After: " + retryAfter.toSeconds() + " s)" : ""), retryAfter);
	}

	private static Failure failure(int status, String text) {
		if (TRANSIENT_STATUS.contains(status)) {
			return Failure.UNAVAILABLE;
		}
		return (status == 413 || (status == 400 && TOO_LARGE.matcher(text).find())) ? Failure.TOO_LARGE
				: Failure.REJECTED;
	}

	static Outcome of(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
			return Outcome.failed(Failure.TIMEOUT, "no answer in time");
		}
		SSLException refused = tlsFailure(cause);
		return (refused != null) ? failed(Failure.NOT_TRUSTED, refused)
				: failed((cause instanceof IOException) ? Failure.UNREACHABLE : Failure.INVALID, cause);
	}

	/**
	 * That TLS failed, and not the connection below it. The JDK's client throws it as it
	 * is or as the cause of an exception of its own, whichever of its sides sees it
	 * first.
	 */
	private static @Nullable SSLException tlsFailure(Throwable error) {
		SSLException last = null;
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof SSLException tls) {
				last = tls;
			}
			else if (last != null && cause instanceof IOException) {
				return null;
			}
		}
		return last;
	}

	private static Outcome failed(Failure failure, Throwable cause) {
		return Outcome.failed(failure, ErrorText.clean("no connection: " + describe(cause)));
	}

	private static String describe(Throwable cause) {
		String message = cause.getMessage();
		return cause.getClass().getSimpleName() + ((message != null) ? " " + message : "");
	}

}
