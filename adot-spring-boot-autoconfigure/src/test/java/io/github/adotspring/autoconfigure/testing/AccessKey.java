package io.github.adotspring.autoconfigure.testing;

import org.jspecify.annotations.Nullable;

/**
 * Credentials that a {@link SigV4Verifier} knows. With a session token they stand for
 * temporary credentials, which are only good together with it.
 */
public record AccessKey(String id, String secret, @Nullable String sessionToken) {

	/**
	 * The long-term key of the examples that AWS publishes.
	 */
	public static final AccessKey EXAMPLE = new AccessKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
			null);

	/**
	 * These credentials as temporary ones.
	 */
	public AccessKey withSessionToken(String sessionToken) {
		return new AccessKey(this.id, this.secret, sessionToken);
	}

}
