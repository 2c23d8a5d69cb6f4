package io.github.adotspring.autoconfigure.cloudwatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.aws.SignatureRefusal;
import io.github.adotspring.autoconfigure.delivery.ErrorText;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Reads what became of a call of the AWS SDK, after the attempts that the SDK makes.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html">Common
 * errors</a>
 */
final class CallOutcome {

	private static final int PAYLOAD_TOO_LARGE = 413;

	private static final int SERVER_ERROR = 500;

	private static final Set<String> TOO_LARGE = Set.of("RequestEntityTooLarge", "RequestEntityTooLargeException",
			"RequestTooLarge");

	private CallOutcome() {
	}

	static Outcome of(RuntimeException error) {
		if (error instanceof AwsServiceException refusal) {
			return Outcome.answered(failure(refusal), refusal.statusCode(),
					ErrorText.clean("HTTP " + refusal.statusCode() + " " + text(refusal)), null);
		}
		AwsConfigurationException configuration = cause(error, AwsConfigurationException.class);
		if (configuration != null) {
			return Outcome.failed(Failure.NOT_CONFIGURED, configuration.getMessage() + " " + configuration.fix());
		}
		return Outcome.failed(failure(error), ErrorText.clean(describe(error)));
	}

	/**
	 * Whether AWS refused the credentials and not what they are allowed to do.
	 */
	static boolean isRefusalOfCredentials(AwsServiceException refusal) {
		SignatureRefusal reason = SignatureRefusal.of(refusal.statusCode(), text(refusal));
		return reason == SignatureRefusal.TOKEN_EXPIRED || reason == SignatureRefusal.TOKEN_INVALID;
	}

	private static Failure failure(AwsServiceException refusal) {
		AwsErrorDetails details = refusal.awsErrorDetails();
		if (refusal.statusCode() == PAYLOAD_TOO_LARGE
				|| (details != null && TOO_LARGE.contains(String.valueOf(details.errorCode())))) {
			return Failure.TOO_LARGE;
		}
		return (refusal.isThrottlingException() || refusal.statusCode() >= SERVER_ERROR) ? Failure.UNAVAILABLE
				: Failure.REJECTED;
	}

	private static String text(AwsServiceException refusal) {
		AwsErrorDetails details = refusal.awsErrorDetails();
		return (details != null) ? details.errorCode() + ": " + details.errorMessage()
				: String.valueOf(refusal.getMessage());
	}

	private static Failure failure(RuntimeException error) {
		if (error instanceof ApiCallTimeoutException || error instanceof ApiCallAttemptTimeoutException
				|| cause(error, HttpTimeoutException.class) != null) {
			return Failure.TIMEOUT;
		}
		if (error instanceof AbortedException || cause(error, InterruptedException.class) != null) {
			return Failure.CLOSED;
		}
		if (error instanceof UncheckedIOException) {
			return Failure.INVALID;
		}
		SSLException tls = cause(error, SSLException.class);
		if (tls != null && (tls.getCause() instanceof SSLException || !(tls.getCause() instanceof IOException))) {
			return Failure.NOT_TRUSTED;
		}
		if (cause(error, IOException.class) != null) {
			return Failure.UNREACHABLE;
		}
		// The SDK has no exception of its own for missing credentials or a region.
		SdkClientException sdk = cause(error, SdkClientException.class);
		boolean isMissing = sdk != null
				&& String.valueOf(sdk.getMessage()).matches("(?is).*\\b(credentials|region)\\b.*");
		return isMissing ? Failure.NOT_CONFIGURED : Failure.INVALID;
	}

	private static String describe(RuntimeException error) {
		IOException io = cause(error, IOException.class);
		SdkClientException sdk = cause(error, SdkClientException.class);
		Throwable told = (io != null) ? io : (sdk != null) ? sdk : error;
		String message = told.getMessage();
		return told.getClass().getSimpleName() + ((message != null) ? ": " + message : "");
	}

	private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
		return Stream.iterate(error, (next) -> next != null, Throwable::getCause)
			.filter(type::isInstance)
			.map(type::cast)
			.findFirst()
			.orElse(null);
	}

}
