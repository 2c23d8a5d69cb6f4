package io.github.adotspring.autoconfigure.testing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SigV4Verifier}: what AWS publishes as rightly signed is accepted, and
 * anything changed about a request is noticed. Every signature here was also reproduced
 * with botocore.
 */
class SigV4VerifierTests {

	private static final String TOKEN = "AQoDYXdzEPTexample//session+token==";

	private static final Instant SIGNED_AT = Instant.parse("2026-11-22T10:00:00Z");

	private static final String SIGNED_HEADERS = "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token";

	private static final String AUTHORIZATION = "AWS4-HMAC-SHA256 "
			+ "Credential=AKIDEXAMPLE/20261122/us-east-1/xray/aws4_request, SignedHeaders=" + SIGNED_HEADERS
			+ ", Signature=fd329541bf00d62e154d0d9623a0d3c9ea0328856781f21c449136ed28723b74";

	private static final byte[] BODY = "spans".getBytes(StandardCharsets.US_ASCII);

	private static final AccessKey TEMPORARY = AccessKey.EXAMPLE.withSessionToken(TOKEN);

	@Test
	void derivesTheSigningKeyOfTheDocumentation() {
		CredentialScope scope = new CredentialScope("AKIDEXAMPLE", "20150830", "us-east-1", "iam", "aws4_request");
		byte[] key = SigV4Verifier.signingKey(AccessKey.EXAMPLE.secret(), scope);
		assertThat(HexFormat.of().formatHex(key))
			.isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
	}

	@Test
	void acceptsTheListUsersExampleOfTheDocumentation() {
		ReceivedRequest request = new ReceivedRequest("GET", "/", "Action=ListUsers&Version=2010-05-08",
				Map.of("Host", List.of("iam.amazonaws.com"), "Content-Type",
						List.of("application/x-www-form-urlencoded; charset=utf-8"), "X-Amz-Date",
						List.of("20150830T123600Z"), "Authorization",
						List.of("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
								+ "SignedHeaders=content-type;host;x-amz-date, "
								+ "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")),
				new byte[0]);
		SigV4Verifier verifier = new SigV4Verifier("iam", "us-east-1", List.of(AccessKey.EXAMPLE),
				Clock.fixed(SuiteExample.SIGNED_AT, ZoneOffset.UTC));
		assertThat(verifier.verify(request)).isEqualTo(new Verdict.Accepted());
	}

	@ParameterizedTest
	@MethodSource("suiteExamples")
	void acceptsTheExamplesOfTheTestSuite(SuiteExample example) {
		assertThat(example.verifier().verify(example.request())).isEqualTo(new Verdict.Accepted());
	}

	static Stream<SuiteExample> suiteExamples() {
		return SuiteExample.all();
	}

	@ParameterizedTest
	@MethodSource("suiteExamples")
	void refusesTheExamplesOfTheTestSuiteForAnotherMethod(SuiteExample example) {
		ReceivedRequest request = example.request();
		ReceivedRequest tampered = new ReceivedRequest("PUT", request.path(), request.query(), request.headers(),
				request.body());
		assertSignatureMismatch(example.verifier().verify(tampered));
	}

	@Test
	void encodesAnEncodedPathOnceMore() {
		// Not of AWS's suite, whose paths are not encoded; signed with botocore.
		SuiteExample example = new SuiteExample("path-encoded-twice", "GET", "/a%20b/%E1%88%B4", "",
				"e9d8665373fed7762b3e2e661f671155634544940c97a67fd5efade7ceb8c358");
		assertThat(example.verifier().verify(example.request())).isEqualTo(new Verdict.Accepted());
	}

	@Test
	void acceptsARequestAsAnExporterSendsIt() {
		assertThat(verify(request())).isEqualTo(new Verdict.Accepted());
	}

	@Test
	void sortsAnEncodedQuery() {
		ReceivedRequest request = request((headers) -> headers.computeIfPresent("Authorization",
				(name, values) -> List.of(values.get(0)
					.replaceFirst("Signature=.*",
							"Signature=8927c4ead7573cd1d4f0116ad9d9a971e78d06c594e9adff3e7724201539b580"))));
		ReceivedRequest queried = new ReceivedRequest("POST", "/v1/traces", "b=2&a=%2Fx&a=1", request.headers(), BODY);
		assertThat(verify(queried)).isEqualTo(new Verdict.Accepted());
	}

	@Test
	void refusesWithoutAuthorization() {
		ReceivedRequest request = request((headers) -> headers.remove("Authorization"));
		assertRefused(verify(request), "MissingAuthenticationTokenException", "Missing Authentication Token");
	}

	@Test
	void refusesABearerToken() {
		ReceivedRequest request = request("Authorization", "Bearer ACWL1234");
		assertThat(verify(request)).isInstanceOfSatisfying(Verdict.Refused.class, (refused) -> {
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.code()).isEqualTo("IncompleteSignatureException");
			assertThat(refused.message()).startsWith("Invalid key=value pair (missing equal-sign) in Authorization "
					+ "header (hashed with SHA-256 and encoded with Base64): '");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Credential", "Signature", "SignedHeaders" })
	void refusesWithoutAParameter(String parameter) {
		ReceivedRequest request = request("Authorization", AUTHORIZATION.replaceFirst(parameter + "=[^,]*(, )?", ""));
		assertThat(verify(request)).isInstanceOfSatisfying(Verdict.Refused.class, (refused) -> {
			assertThat(refused.code()).isEqualTo("IncompleteSignatureException");
			assertThat(refused.message()).startsWith("Authorization header requires '" + parameter
					+ "' parameter. (Hashed with SHA-256 and encoded with Base64) Authorization=");
		});
	}

	@Test
	void refusesWithoutDate() {
		ReceivedRequest request = request((headers) -> headers.remove("X-Amz-Date"));
		assertThat(verify(request)).isInstanceOfSatisfying(Verdict.Refused.class,
				(refused) -> assertThat(refused.message()).startsWith(
						"Authorization header requires existence of " + "either a 'X-Amz-Date' or a 'Date' header."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-22T10:00:00Z", "20261122T100000", "20261322T100000Z", "yesterday" })
	void refusesAMalformedDate(String date) {
		assertRefused(verify(request("X-Amz-Date", date)), "IncompleteSignatureException",
				"Date must be in ISO-8601 'basic format'. Got '" + date
						+ "'. See http://en.wikipedia.org/wiki/ISO_8601");
	}

	@Test
	void refusesAnotherAlgorithm() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"))),
				"IncompleteSignatureException", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'.");
	}

	@Test
	void refusesAMalformedCredential() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace("/aws4_request", ""))),
				"IncompleteSignatureException",
				"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
						+ "got 'AKIDEXAMPLE/20261122/us-east-1/xray'");
	}

	@Test
	void refusesAnUnknownAccessKey() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace("AKIDEXAMPLE", "AKIDSTRANGER"))),
				"UnrecognizedClientException", "The security token included in the request is invalid.");
	}

	@Test
	void refusesAnotherSessionToken() {
		assertRefused(verify(request("X-Amz-Security-Token", TOKEN + "x")), "UnrecognizedClientException",
				"The security token included in the request is invalid.");
	}

	@Test
	void refusesAMissingSessionToken() {
		ReceivedRequest request = request((headers) -> headers.remove("X-Amz-Security-Token"));
		assertRefused(verify(request), "UnrecognizedClientException",
				"The security token included in the request is invalid.");
	}

	@Test
	void refusesASessionTokenOfALongTermKey() {
		SigV4Verifier verifier = new SigV4Verifier("xray", "us-east-1", List.of(AccessKey.EXAMPLE), clock(SIGNED_AT));
		assertRefused(verifier.verify(request()), "UnrecognizedClientException",
				"The security token included in the request is invalid.");
	}

	@Test
	void refusesTheScopeOfAnotherService() {
		SigV4Verifier verifier = new SigV4Verifier("monitoring", "us-east-1", List.of(TEMPORARY), clock(SIGNED_AT));
		assertRefused(verifier.verify(request()), "InvalidSignatureException",
				"Credential should be scoped to correct service: 'monitoring'.");
	}

	@Test
	void refusesTheScopeOfAnotherRegion() {
		SigV4Verifier verifier = new SigV4Verifier("xray", "eu-central-1", List.of(TEMPORARY), clock(SIGNED_AT));
		assertRefused(verifier.verify(request()), "InvalidSignatureException",
				"Credential should be scoped to a valid region.");
	}

	@Test
	void refusesAnotherTerminator() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace("aws4_request", "aws5_request"))),
				"InvalidSignatureException", "Credential should be scoped with a valid terminator: 'aws4_request'.");
	}

	@Test
	void refusesTheScopeOfAnotherDay() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace("/20261122/", "/20261121/"))),
				"InvalidSignatureException",
				"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
						+ "'20261121' != '20261122', from '20261122T100000Z'.");
	}

	@Test
	void refusesAnotherBodyThanTheHashedOne() {
		ReceivedRequest request = request();
		assertRefused(
				verify(new ReceivedRequest(request.method(), request.path(), null, request.headers(),
						"spins".getBytes(StandardCharsets.US_ASCII))),
				"XAmzContentSHA256Mismatch",
				"The provided 'x-amz-content-sha256' header does not match what was computed.");
	}

	@Test
	void refusesAnUnsignedPayload() {
		assertRefused(verify(request("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")), "XAmzContentSHA256Mismatch",
				"The provided 'x-amz-content-sha256' header does not match what was computed.");
	}

	@Test
	void refusesAnotherBodyAndItsHash() {
		byte[] body = "spins".getBytes(StandardCharsets.US_ASCII);
		ReceivedRequest request = request("X-Amz-Content-Sha256", Hashes.sha256Hex(body));
		assertSignatureMismatch(
				verify(new ReceivedRequest(request.method(), request.path(), null, request.headers(), body)));
	}

	@Test
	void refusesAnotherBodyThatNoHeaderVouchesFor() {
		SuiteExample example = new SuiteExample("post-vanilla", "POST", "/", "",
				"5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
		ReceivedRequest request = example.request();
		assertSignatureMismatch(example.verifier()
			.verify(new ReceivedRequest(request.method(), request.path(), null, request.headers(), BODY)));
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type, application/json", "Host, xray.eu-central-1.amazonaws.com",
			"X-Amz-Date, 20261122T100001Z" })
	void refusesAnotherHeaderValue(String name, String value) {
		assertSignatureMismatch(verify(request(name, value)));
	}

	@Test
	void refusesAnotherPath() {
		assertSignatureMismatch(verify(new ReceivedRequest("POST", "/v1/metrics", null, request().headers(), BODY)));
	}

	@Test
	void refusesAnotherQuery() {
		assertSignatureMismatch(
				verify(new ReceivedRequest("POST", "/v1/traces", "debug=true", request().headers(), BODY)));
	}

	@Test
	void refusesAnotherSecret() {
		AccessKey key = new AccessKey("AKIDEXAMPLE", "other", TOKEN);
		SigV4Verifier verifier = new SigV4Verifier("xray", "us-east-1", List.of(key), clock(SIGNED_AT));
		assertSignatureMismatch(verifier.verify(request()));
	}

	@Test
	void refusesASignedHeaderThatWasNotSent() {
		// Signed with an empty value, which looks the same as no header once it is
		// canonical.
		String authorization = AUTHORIZATION.replace(SIGNED_HEADERS, SIGNED_HEADERS + ";x-other")
			.replaceFirst("Signature=.*", "Signature=75315242cddc752e404ca6c970590b1a03fd6e5227a3cdc7d29f414912782b38");
		ReceivedRequest stripped = request("Authorization", authorization);
		ReceivedRequest sent = request((headers) -> {
			headers.put("Authorization", List.of(authorization));
			headers.put("X-Other", List.of(""));
		});
		assertThat(verify(sent)).isEqualTo(new Verdict.Accepted());
		assertSignatureMismatch(verify(stripped));
	}

	@Test
	void refusesAHostThatIsNotSigned() {
		assertRefused(verify(request("Authorization", AUTHORIZATION.replace(";host", ""))), "InvalidSignatureException",
				"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
	}

	@Test
	void refusesAnAmazonHeaderThatIsNotSigned() {
		assertRefused(verify(request("X-Amz-Target", "Logs_20140328.PutLogEvents")), "AccessDenied",
				"There were headers present in the request which were not signed: x-amz-target");
	}

	@Test
	void acceptsOtherHeadersThatAreNotSigned() {
		assertThat(verify(request("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793")))
			.isEqualTo(new Verdict.Accepted());
	}

	@ParameterizedTest
	@ValueSource(ints = { -300, -299, 0, 299, 300 })
	void acceptsAClockThatIsAtMostFiveMinutesOff(int seconds) {
		assertThat(verifierAt(SIGNED_AT.plusSeconds(seconds)).verify(request())).isEqualTo(new Verdict.Accepted());
	}

	@Test
	void ignoresFractionsOfASecond() {
		assertThat(verifierAt(SIGNED_AT.plusSeconds(300).plusMillis(999)).verify(request()))
			.isEqualTo(new Verdict.Accepted());
	}

	@Test
	void refusesAnExpiredSignature() {
		assertRefused(verifierAt(SIGNED_AT.plusSeconds(301)).verify(request()), "InvalidSignatureException",
				"Signature expired: 20261122T100000Z is now earlier than 20261122T100001Z (20261122T100501Z - 5 min.)");
	}

	@Test
	void refusesASignatureFromTheFuture() {
		assertRefused(verifierAt(SIGNED_AT.minus(Duration.ofSeconds(301))).verify(request()),
				"InvalidSignatureException",
				"Signature not yet current: 20261122T100000Z is still later than 20261122T095959Z "
						+ "(20261122T095459Z + 5 min.)");
	}

	private static Verdict verify(ReceivedRequest request) {
		return verifierAt(SIGNED_AT).verify(request);
	}

	private static SigV4Verifier verifierAt(Instant now) {
		return new SigV4Verifier("xray", "us-east-1", List.of(TEMPORARY), clock(now));
	}

	private static Clock clock(Instant now) {
		return Clock.fixed(now, ZoneOffset.UTC);
	}

	private static ReceivedRequest request() {
		return request((headers) -> {
		});
	}

	private static ReceivedRequest request(String name, String value) {
		return request((headers) -> headers.put(name, List.of(value)));
	}

	private static ReceivedRequest request(Consumer<Map<String, List<String>>> change) {
		Map<String, List<String>> headers = new TreeMap<>();
		headers.put("Authorization", List.of(AUTHORIZATION));
		headers.put("Content-Type", List.of("application/x-protobuf"));
		headers.put("Host", List.of("xray.us-east-1.amazonaws.com"));
		headers.put("X-Amz-Content-Sha256", List.of(Hashes.sha256Hex(BODY)));
		headers.put("X-Amz-Date", List.of("20261122T100000Z"));
		headers.put("X-Amz-Security-Token", List.of(TOKEN));
		change.accept(headers);
		return new ReceivedRequest("POST", "/v1/traces", null, headers, BODY);
	}

	private static void assertRefused(Verdict verdict, String code, String message) {
		assertThat(verdict).isEqualTo(new Verdict.Refused(403, code, message));
	}

	private static void assertSignatureMismatch(Verdict verdict) {
		assertRefused(verdict, "InvalidSignatureException",
				"The request signature we calculated does not match the signature you provided. Check your AWS Secret "
						+ "Access Key and signing method. Consult the service documentation for details.");
	}

}
