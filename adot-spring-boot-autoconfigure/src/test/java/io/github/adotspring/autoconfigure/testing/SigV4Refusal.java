package io.github.adotspring.autoconfigure.testing;

/**
 * Ends the verification of a signature at the first thing that is wrong with it.
 */
final class SigV4Refusal extends Exception {

	private final transient Verdict.Refused verdict;

	private SigV4Refusal(int status, String code, String message) {
		super(message);
		this.verdict = new Verdict.Refused(status, code, message);
	}

	static SigV4Refusal missingAuthentication() {
		return new SigV4Refusal(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
	}

	static SigV4Refusal incompleteSignature(String message) {
		return new SigV4Refusal(403, "IncompleteSignatureException", message);
	}

	static SigV4Refusal invalidSignature(String message) {
		return new SigV4Refusal(403, "InvalidSignatureException", message);
	}

	static SigV4Refusal unrecognizedClient() {
		return new SigV4Refusal(403, "UnrecognizedClientException",
				"The security token included in the request is invalid.");
	}

	static SigV4Refusal contentHashMismatch() {
		return new SigV4Refusal(403, "XAmzContentSHA256Mismatch",
				"The provided 'x-amz-content-sha256' header does not match what was computed.");
	}

	static SigV4Refusal unsignedHeaders(Iterable<String> names) {
		return new SigV4Refusal(403, "AccessDenied",
				"There were headers present in the request which were not signed: " + String.join(", ", names));
	}

	Verdict.Refused verdict() {
		return this.verdict;
	}

}
