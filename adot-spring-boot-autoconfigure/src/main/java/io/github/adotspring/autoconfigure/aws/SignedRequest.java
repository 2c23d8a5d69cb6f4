package io.github.adotspring.autoconfigure.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The headers of a request that was signed, with whose credentials and which time they
 * were. Both are needed when AWS refuses it; see {@link SigV4Signer#recover}. Its text
 * holds no secret.
 */
public final class SignedRequest {

	private final Map<String, List<String>> headers;

	private final AwsCredentialsIdentity identity;

	private final Instant time;

	SignedRequest(Map<String, List<String>> headers, AwsCredentialsIdentity identity, Instant time) {
		this.headers = headers;
		this.identity = identity;
		this.time = time;
	}

	/**
	 * The headers to send: those that were given and those of the signature.
	 * @return the headers
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * Who signed.
	 */
	AwsCredentialsIdentity identity() {
		return this.identity;
	}

	/**
	 * The time that was signed.
	 */
	Instant time() {
		return this.time;
	}

}
