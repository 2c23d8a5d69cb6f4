package io.github.adotspring.autoconfigure.tracing;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UrlRedaction}.
 */
class UrlRedactionTests {

	private final UrlRedaction redaction = UrlRedaction
		.of(List.of("X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "sig"));

	@ParameterizedTest
	@CsvSource({
			"https://b.s3.amazonaws.com/k?X-Amz-Signature=ab12, https://b.s3.amazonaws.com/k?X-Amz-Signature=REDACTED",
			"https://h/k?a=1&X-Amz-Credential=AK%2F2026&b=2, https://h/k?a=1&X-Amz-Credential=REDACTED&b=2",
			"https://h/k?x-amz-signature=ab&X-AMZ-SECURITY-TOKEN=cd#top, https://h/k?x-amz-signature=REDACTED&X-AMZ-SECURITY-TOKEN=REDACTED#top",
			"/k?sig=a=b=c, /k?sig=REDACTED", "/k?sig=a&sig=b, /k?sig=REDACTED&sig=REDACTED",
			"/k?sig=a?b&c=d, /k?sig=REDACTED&c=d" })
	void replacesTheValuesOfCredentials(String url, String redacted) {
		assertThat(this.redaction.ofUrl(url)).isEqualTo(redacted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "/k", "/k?", "/k?a", "/k?a=b", "/k?sig", "/k?sig=", "/k?signal=1", "/k?a=sig=1",
			"https://h/k#?sig=1", "/k#x?sig=secret", "/k?&&&", "/k?=sig" })
	void leavesOtherUrlsAsTheyAre(String url) {
		assertThat(this.redaction.ofUrl(url)).isSameAs(url);
	}

	@Test
	void readsQueriesWithAndWithoutTheirMark() {
		assertThat(this.redaction.ofQuery("sig=1&a=2")).isEqualTo("sig=REDACTED&a=2");
		assertThat(this.redaction.ofQuery("?sig=1&a=2")).isEqualTo("?sig=REDACTED&a=2");
	}

}
