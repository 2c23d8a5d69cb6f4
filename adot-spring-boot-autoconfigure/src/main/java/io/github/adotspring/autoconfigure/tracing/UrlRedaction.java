package io.github.adotspring.autoconfigure.tracing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Replaces the values of query parameters that are credentials, such as those of a
 * presigned URL of Amazon S3, which is a key to the object for hours.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating
 * requests by query parameters</a>
 */
final class UrlRedaction {

	private static final String REDACTED = "REDACTED";

	private static final List<String> OF_PRESIGNED_URLS = List.of("AWSAccessKeyId", "Signature", "sig",
			"X-Goog-Signature", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token");

	private final Set<String> parameters;

	private UrlRedaction(Set<String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * The redaction of some parameters.
	 * @param parameters their names, in any case of letters; {@code null} for those of
	 * presigned URLs
	 */
	static UrlRedaction of(@Nullable List<String> parameters) {
		return new UrlRedaction(((parameters != null) ? parameters : OF_PRESIGNED_URLS).stream()
			.map((parameter) -> parameter.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet()));
	}

	boolean isEmpty() {
		return this.parameters.isEmpty();
	}

	/**
	 * A URL, or a path with its query, without credentials.
	 * @return the same object if there are none
	 */
	String ofUrl(String url) {
		int query = url.indexOf('?');
		int fragment = url.indexOf('#');
		return (query < 0 || (fragment >= 0 && fragment < query)) ? url : redact(url, query + 1);
	}

	/**
	 * A query without credentials.
	 * @return the same object if there are none
	 */
	String ofQuery(String query) {
		return redact(query, query.startsWith("?") ? 1 : 0);
	}

	private String redact(String text, int from) {
		int fragment = text.indexOf('#', from);
		int end = (fragment < 0) ? text.length() : fragment;
		StringBuilder redacted = null;
		int copied = 0;
		for (int start = from; start < end;) {
			int next = nextParameter(text, start, end);
			int equals = text.indexOf('=', start);
			if (equals > 0 && equals + 1 < next && isCredential(text.substring(start, equals))) {
				redacted = (redacted != null) ? redacted : new StringBuilder(text.length());
				redacted.append(text, copied, equals + 1).append(REDACTED);
				copied = next;
			}
			start = next + 1;
		}
		return (redacted != null) ? redacted.append(text, copied, text.length()).toString() : text;
	}

	private static int nextParameter(String text, int start, int end) {
		int separator = text.indexOf('&', start);
		return (separator < 0 || separator > end) ? end : separator;
	}

	private boolean isCredential(String name) {
		return this.parameters.contains(name.toLowerCase(Locale.ROOT));
	}

}
