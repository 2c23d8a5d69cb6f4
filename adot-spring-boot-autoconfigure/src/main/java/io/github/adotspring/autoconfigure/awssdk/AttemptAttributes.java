package io.github.adotspring.autoconfigure.awssdk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * How a call went: how often it was sent again, and what AWS said when it refused, by
 * which AWS support finds a call. Upstream has the latter for calls that succeed only.
 */
final class AttemptAttributes {

	private static final Pattern ATTEMPT = Pattern.compile("attempt=([0-9]{1,9})");

	private AttemptAttributes() {
	}

	static void ofRequest(Span span, SdkHttpRequest request) {
		Matcher attempt = ATTEMPT.matcher(request.firstMatchingHeader("amz-sdk-request").orElse(""));
		if (attempt.find() && !attempt.group(1).equals("1")) {
			span.setAttribute("http.request.resend_count", Long.parseLong(attempt.group(1)) - 1);
		}
	}

	static void ofFailure(Span span, Throwable failure) {
		if (!(failure instanceof AwsServiceException refusal)) {
			return;
		}
		set(span, "aws.request_id", refusal.requestId());
		set(span, "aws.extended_request_id", refusal.extendedRequestId());
		if (refusal.statusCode() > 0) {
			span.setAttribute("http.response.status_code", (long) refusal.statusCode());
		}
	}

	private static void set(Span span, String attribute, @Nullable String value) {
		if (value != null) {
			span.setAttribute(attribute, value);
		}
	}

}
