package io.github.adotspring.autoconfigure.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges the AWS Signature Version 4 of a received request as an AWS service does.
 * Written from the specification and on the JDK alone, so that it does not share a
 * mistake with the signer under test.
 */
public final class SigV4Verifier {

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final Duration TOLERANCE = Duration.ofMinutes(5);

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final String service;

	private final String region;

	private final Map<String, AccessKey> keys;

	private final Clock clock;

	public SigV4Verifier(String service, String region, Collection<AccessKey> keys, Clock clock) {
		this.service = service;
		this.region = region;
		this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(AccessKey::id, Function.identity()));
		this.clock = clock;
	}

	public Verdict verify(ReceivedRequest request) {
		try {
			check(request);
			return new Verdict.Accepted();
		}
		catch (SigV4Refusal ex) {
			return ex.verdict();
		}
	}

	private void check(ReceivedRequest request) throws SigV4Refusal {
		SigV4Authorization authorization = SigV4Authorization.of(request);
		requireCurrent(authorization.date());
		requireCompleteSignedHeaders(request, authorization.signedHeaders());
		if (!authorization.algorithm().equals(ALGORITHM)) {
			throw SigV4Refusal.incompleteSignature("Unsupported AWS 'algorithm': '" + authorization.algorithm() + "'.");
		}
		CredentialScope scope = CredentialScope.parse(authorization.credential());
		scope.require(this.region, this.service, authorization.date());
		AccessKey key = requireKey(scope.keyId(), request);
		requireContentHash(request);
		requireSignature(request, authorization, scope, key);
	}

	private void requireCurrent(String timestamp) throws SigV4Refusal {
		Instant signed = parse(timestamp);
		// A timestamp has no fractions of a second.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant earliest = now.minus(TOLERANCE);
		Instant latest = now.plus(TOLERANCE);
		if (signed.isBefore(earliest)) {
			throw SigV4Refusal.invalidSignature("Signature expired: %s is now earlier than %s (%s - %d min.)"
				.formatted(timestamp, TIMESTAMP.format(earliest), TIMESTAMP.format(now), TOLERANCE.toMinutes()));
		}
		if (signed.isAfter(latest)) {
			throw SigV4Refusal.invalidSignature("Signature not yet current: %s is still later than %s (%s + %d min.)"
				.formatted(timestamp, TIMESTAMP.format(latest), TIMESTAMP.format(now), TOLERANCE.toMinutes()));
		}
	}

	private static Instant parse(String timestamp) throws SigV4Refusal {
		try {
			return TIMESTAMP.parse(timestamp, Instant::from);
		}
		catch (DateTimeParseException ex) {
			throw SigV4Refusal.incompleteSignature("Date must be in ISO-8601 'basic format'. Got '" + timestamp
					+ "'. See http://en.wikipedia.org/wiki/ISO_8601");
		}
	}

	private static void requireCompleteSignedHeaders(ReceivedRequest request, SortedSet<String> signedHeaders)
			throws SigV4Refusal {
		if (!signedHeaders.contains("host")) {
			throw SigV4Refusal
				.invalidSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
		}
		List<String> unsigned = request.headers()
			.keySet()
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.filter((name) -> name.startsWith("x-amz-") && !signedHeaders.contains(name))
			.toList();
		if (!unsigned.isEmpty()) {
			throw SigV4Refusal.unsignedHeaders(unsigned);
		}
	}

	private AccessKey requireKey(String keyId, ReceivedRequest request) throws SigV4Refusal {
		AccessKey key = this.keys.get(keyId);
		List<String> token = request.headerValues("X-Amz-Security-Token");
		List<String> required = (key == null || key.sessionToken() == null) ? List.of() : List.of(key.sessionToken());
		if (key == null || !token.equals(required)) {
			throw SigV4Refusal.unrecognizedClient();
		}
		return key;
	}

	/**
	 * The header is optional for services other than S3, and the examples that AWS
	 * publishes do without.
	 */
	private static void requireContentHash(ReceivedRequest request) throws SigV4Refusal {
		List<String> claimed = request.headerValues("X-Amz-Content-Sha256");
		if (!claimed.isEmpty() && !claimed.equals(List.of(Hashes.sha256Hex(request.body())))) {
			throw SigV4Refusal.contentHashMismatch();
		}
	}

	private static void requireSignature(ReceivedRequest request, SigV4Authorization authorization,
			CredentialScope scope, AccessKey key) throws SigV4Refusal {
		String canonicalRequest = CanonicalRequest.of(request, authorization.signedHeaders());
		String stringToSign = String.join("\n", ALGORITHM, authorization.date(), scope.toString(),
				Hashes.sha256Hex(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
		String signature = HexFormat.of().formatHex(Hashes.hmacSha256(signingKey(key.secret(), scope), stringToSign));
		// A header that is named but was not sent would otherwise pass as an empty one.
		boolean complete = request.headers().keySet().containsAll(authorization.signedHeaders());
		if (!complete || !MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII),
				authorization.signature().getBytes(StandardCharsets.US_ASCII))) {
			throw SigV4Refusal.invalidSignature("The request signature we calculated does not match the signature you "
					+ "provided. Check your AWS Secret Access Key and signing method. Consult the service "
					+ "documentation for details.");
		}
	}

	static byte[] signingKey(String secret, CredentialScope scope) {
		byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
		for (String element : List.of(scope.date(), scope.region(), scope.service(), scope.terminator())) {
			key = Hashes.hmacSha256(key, element);
		}
		return key;
	}

}
