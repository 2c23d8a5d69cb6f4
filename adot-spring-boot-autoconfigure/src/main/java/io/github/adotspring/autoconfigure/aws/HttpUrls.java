package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;

/**
 * The rule for every URL that the starter sends telemetry to.
 */
public final class HttpUrls {

	/** User info, which can hold a slash where it is not encoded; query and fragment. */
	private static final Pattern SECRETS = Pattern.compile("(?<=//)[^?#]*@|[?#].*", Pattern.DOTALL);

	private HttpUrls() {
	}

	/**
	 * Require a full HTTP URL with a host and without user info, query or fragment.
	 * @param property name of the property that holds it
	 * @param url the value
	 * @return the value
	 * @throws InvalidAdotConfigurationException if it is anything else
	 */
	public static URI requireHttpUrl(String property, URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null) {
			throw new InvalidAdotConfigurationException(property, withoutSecrets(url.toString()),
					"an endpoint is a full URL with scheme and host", "Write a URL such as 'https://host:port/path'.");
		}
		if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw new InvalidAdotConfigurationException(property, withoutSecrets(url.toString()),
					"an endpoint has no user, query or fragment part",
					"Give credentials and API keys as headers, in 'otel.exporter.otlp.headers'.");
		}
		return url;
	}

	/**
	 * A URL, or what was meant to be one, as it may be shown.
	 * @param url the value
	 * @return the value without user info, query and fragment
	 */
	public static String withoutSecrets(String url) {
		return SECRETS.matcher(url).replaceAll("");
	}

}
