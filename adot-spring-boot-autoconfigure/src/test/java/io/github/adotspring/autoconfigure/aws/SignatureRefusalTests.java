package io.github.adotspring.autoconfigure.aws;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignatureRefusal}, with texts as AWS sends them.
 */
final class SignatureRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					403 | CLOCK_SKEW | Signature expired: 20240522T115159Z is now earlier than 20240522T120519Z (20240522T121019Z - 5 min.)
					403 | CLOCK_SKEW | Signature not yet current: 20260627T150000Z is still later than 20260627T143000Z (20260627T144500Z + 15 min.)
					403 | CLOCK_SKEW | RequestTimeTooSkewed
					403 | CLOCK_SKEW | The difference between the request time and the current time is too large.
					400 | CLOCK_SKEW | InvalidSignatureException: Signature expired: 20240522T115159Z is now earlier than 20240522T120519Z
					403 | TOKEN_EXPIRED | The security token included in the request is expired
					400 | TOKEN_EXPIRED | ExpiredTokenException
					403 | TOKEN_EXPIRED | ExpiredToken: The provided token has expired.
					403 | TOKEN_INVALID | The security token included in the request is invalid.
					403 | TOKEN_INVALID | UnrecognizedClientException
					401 | TOKEN_INVALID | InvalidClientTokenId
					""")
	void isReadFromTheText(int status, SignatureRefusal expected, String text) {
		assertThat(SignatureRefusal.of(status, text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Missing Authentication Token",
			"The request signature we calculated does not match the signature you provided.",
			"User: arn:aws:iam::123456789012:user/jane is not authorized to perform: xray:PutTraceSegments",
			"Credential should be scoped to correct service: 'monitoring'." })
	void isNoneOfWhatStaysRefused(String text) {
		assertThat(SignatureRefusal.of(403, text)).isNull();
	}

	@Test
	void isReadFromRefusalsOnly() {
		for (int status : new int[] { 0, 200, 404, 429, 500, 503 }) {
			@Nullable SignatureRefusal refusal = SignatureRefusal.of(status, "Signature expired");
			assertThat(refusal).as("status %d", status).isNull();
		}
	}

}
