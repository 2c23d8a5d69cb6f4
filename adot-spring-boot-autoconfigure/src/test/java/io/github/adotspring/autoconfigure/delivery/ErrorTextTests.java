package io.github.adotspring.autoconfigure.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorText}.
 */
final class ErrorTextTests {

	private static final String PROTOBUF = "application/x-protobuf";

	private static final String JSON = "application/json";

	@ParameterizedTest
	@ValueSource(
			strings = { "application/x-protobuf", "application/protobuf", "application/x-protobuf; charset=utf-8" })
	void readsTheMessageOfAStatus(String contentType) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		CodedOutputStream output = CodedOutputStream.newInstance(bytes);
		output.writeInt32(1, 3);
		output.writeString(2, "The span is too large: é");
		output.writeByteArray(3, new byte[] { 1, 2, 3 });
		output.flush();
		assertThat(ErrorText.of(bytes.toByteArray(), contentType)).isEqualTo("The span is too large: é");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"message\":\"Missing Authentication Token\"} | Missing Authentication Token",
					"{\"Message\" : \"User is not authorized\", \"code\": 1} | User is not authorized",
					"{\"__type\":\"AccessDenied\",\"message\":\"not \\\"this\\\" way\"} | not \"this\" way",
					"{\"message\":\"one\\ntwo\"} | one two", "{\"error\":\"other\"} | {\"error\":\"other\"}",
					"<html>Bad Gateway</html> | <html>Bad Gateway</html>" })
	void readsTheMessageOfJsonOrTheText(String body, String expected) {
		assertThat(text(body, JSON)).isEqualTo(expected);
		assertThat(text(body, null)).isEqualTo(expected);
	}

	@Test
	void isEmptyForAnEmptyBody() {
		assertThat(text("", null)).isEmpty();
		assertThat(text("", JSON)).isEmpty();
		assertThat(text("", PROTOBUF)).isEmpty();
		assertThat(text(" \r\n\t", null)).isEmpty();
	}

	@Test
	void takesForTextWhatIsNoStatusAfterAll() {
		assertThat(text("Bad Gateway", PROTOBUF)).isEqualTo("Bad Gateway");
	}

	@Test
	void makesOneShortLineOfAnyBytes() {
		Random random = new Random(1);
		for (int i = 0; i < 2_000; i++) {
			byte[] body = new byte[random.nextInt(2_000)];
			random.nextBytes(body);
			for (String contentType : new String[] { PROTOBUF, JSON, "text/plain" }) {
				assertThat(ErrorText.of(body, contentType)).hasSizeLessThanOrEqualTo(503)
					.doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\u0000", "\u001b[31m", "\u0007", "\u007f", "\u0085", "\u2028", "\u2029",
			"\u202e", "\t\t" })
	void letsNobodyForgeALineOfTheLog(String separator) {
		assertThat(text("refused" + separator + "INFO all is well", null)).isIn("refused INFO all is well",
				"refused [31mINFO all is well");
	}

	@Test
	void keepsOtherScripts() {
		assertThat(text("größer als 5 MB, 太大 🙂", null)).isEqualTo("größer als 5 MB, 太大 🙂");
	}

	@Test
	void cutsALongText() {
		assertThat(text("a".repeat(500), null)).isEqualTo("a".repeat(500));
		assertThat(text("a".repeat(501), null)).isEqualTo("a".repeat(500) + "...");
	}

	@Test
	void survivesALongStringOfJson() {
		assertThat(text("{\"message\":\"" + "\\\"".repeat(8_000) + "\"}", JSON)).isEqualTo("\"".repeat(500) + "...");
		assertThat(text("{\"message\":\"" + "x".repeat(16_000) + "\"}", JSON)).isEqualTo("x".repeat(500) + "...");
		// Cut off in the middle, as the bound of the body does.
		assertThat(text("{\"message\":\"" + "\\\\a".repeat(5_000), JSON)).hasSize(503);
	}

	@Test
	void leavesOutTheRequestThatAwsRepeatsWhenASignatureIsWrong() {
		String body = """
				{"message":"The request signature we calculated does not match the signature you provided. Check your \
				AWS Secret Access Key and signing method.\\n\\nThe Canonical String for this request should have been\\n\
				'POST\\n/v1/traces\\n\\nhost:xray.us-east-1.amazonaws.com\\nx-amz-security-token:IQoJb3JpZ2luX2VjE+s3cret\\n'\
				\\n\\nThe String-to-Sign should have been\\n'AWS4-HMAC-SHA256\\n20240101T000000Z'\\n"}""";
		assertThat(text(body, JSON)).isEqualTo("The request signature we calculated does not match the signature you "
				+ "provided. Check your AWS Secret Access Key and signing method.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-amz-security-token:IQoJs3cret/+=", "X-Amz-Security-Token: IQoJs3cret/+=",
			"x-amz-security-token=IQoJs3cret/+=", "AKIAs3cret AKIAIOSFODNN7EXAMPLE", "Authorization: Bearer IQoJs3cret",
			"Signature=IQoJs3cret", "credential ASIAIOSFODNN7EXAMPLE of IQoJs3cret signature=IQoJs3cret" })
	void leavesOutSecretsWhereverTheyAre(String text) {
		assertThat(text("refused: " + text, null)).contains("(redacted)")
			.doesNotContain("IOSFODNN7EXAMPLE", "=IQoJ", ":IQoJ", ": IQoJ", "Bearer IQoJ");
	}

	@Test
	void leavesOutASecretThatTheCutWouldHaveHalved() {
		String text = "a".repeat(480) + " x-amz-security-token:" + "s3cret".repeat(20);
		assertThat(text(text, null)).doesNotContain("s3c");
	}

	private static String text(String body, @Nullable String contentType) {
		return ErrorText.of(body.getBytes(StandardCharsets.UTF_8), contentType);
	}

}
