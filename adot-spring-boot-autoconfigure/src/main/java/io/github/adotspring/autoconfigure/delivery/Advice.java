package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Says in one or two sentences what to do about a failure, where that is known.
 */
final class Advice {

	private Advice() {
	}

	/**
	 * Advise on a request that failed.
	 * @param aws the endpoint at AWS, {@code null} if the request went to a collector
	 * @param url where the request went
	 * @param status status of the answer, 0 if there was none
	 * @param text why it failed, as {@link ErrorText} makes it
	 * @return what to do, without a line break; {@code null} if that is not known
	 */
	static @Nullable String of(@Nullable AwsEndpoint aws, URI url, int status, String text) {
		String transport = TransportAdvice.of(url, status, text);
		if (transport != null) {
			return transport;
		}
		return (aws != null) ? AwsAdvice.of(aws, status, text) : CollectorAdvice.of(url, status, text);
	}

}
