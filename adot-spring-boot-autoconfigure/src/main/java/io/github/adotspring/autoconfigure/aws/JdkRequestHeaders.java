package io.github.adotspring.autoconfigure.aws;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts headers on a request of the JDK's HTTP client, less those that it sets itself.
 */
public final class JdkRequestHeaders {

	/** Set by the JDK's client itself, which refuses them from outside. */
	private static final Set<String> RESTRICTED = Set.of("host", "content-length", "connection", "expect", "upgrade");

	private JdkRequestHeaders() {
	}

	/**
	 * Add headers to a request.
	 * @param headers the headers
	 * @param request the request
	 * @throws IllegalArgumentException if a header can't be sent; its value is not in the
	 * message
	 */
	public static void add(Map<String, List<String>> headers, HttpRequest.Builder request) {
		headers.forEach((name, values) -> {
			if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> add(name, value, request));
			}
		});
	}

	/**
	 * Add a header. The JDK shows the value that it refuses, which may be an API key.
	 */
	private static void add(String name, String value, HttpRequest.Builder request) {
		try {
			request.header(name, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The header '" + name + "' has a name or a value that can't be sent");
		}
	}

}
