package io.github.adotspring.autoconfigure.actuate;

import java.net.URI;

import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param url the URL, without user, query and fragment
 * @param origin where it or its region came from
 */
record EndpointDescriptor(String url, @Nullable String origin) {

	static @Nullable EndpointDescriptor of(@Nullable URI url, @Nullable String origin) {
		return (url != null) ? new EndpointDescriptor(HttpUrls.withoutSecrets(url.toString()), origin) : null;
	}

}
