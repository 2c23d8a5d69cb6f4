package io.github.adotspring.autoconfigure.aws;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A reason for which AWS refuses a signature that can pass, or be about who signed, and
 * not about what the signer is allowed to do. It is read from the text of the answer,
 * since services differ in the status and in whether they name an error code.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html">Troubleshoot
 * Signature Version 4</a>
 */
public enum SignatureRefusal {

	/**
	 * The time that was signed is not the time of the server, which allows five minutes
	 * between them.
	 */
	CLOCK_SKEW("Signature expired|Signature not yet current|RequestTimeTooSkewed"
			+ "|difference between the request time and the current time is too large"),

	/**
	 * The session token was good once.
	 */
	TOKEN_EXPIRED("security token included in the request is expired|ExpiredToken"),

	/**
	 * AWS does not know the access key or the session token: rotated, deleted, of another
	 * partition, or never good.
	 */
	TOKEN_INVALID("security token included in the request is invalid|UnrecognizedClient|InvalidClientTokenId");

	/** Services of the JSON protocol answer 400 to what others answer 403 to. */
	private static final Set<Integer> STATUS = Set.of(400, 401, 403);

	private final Pattern text;

	SignatureRefusal(String text) {
		this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Read an answer.
	 * @param status status of the answer, 0 if there was no answer
	 * @param text what the body says
	 * @return the reason, or {@code null} if it is none of these
	 */
	public static @Nullable SignatureRefusal of(int status, String text) {
		if (!STATUS.contains(status)) {
			return null;
		}
		return Arrays.stream(values()).filter((refusal) -> refusal.text.matcher(text).find()).findFirst().orElse(null);
	}

}
