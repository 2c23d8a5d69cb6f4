package io.github.adotspring.autoconfigure.amp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.delivery.HttpFormat.Answer;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RemoteWriteFormat}.
 */
final class RemoteWriteFormatTests {

	private final RemoteWriteFormat format = new RemoteWriteFormat();

	@Test
	void isThatOfRemoteWriteOne() {
		assertThat(this.format.contentType()).isEqualTo("application/x-protobuf");
		assertThat(this.format.headers()).isEqualTo(Map.of("X-Prometheus-Remote-Write-Version", List.of("0.1.0")));
		assertThat(this.format.compressor().getEncoding()).isEqualTo("snappy");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 204 })
	void knowsWhatArrived(int status) {
		assertThat(read(status, "ignored")).isEqualTo(Outcome.delivered(status));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | per-user series limit of 2000000 exceeded, please contact administrator to raise it | UNAVAILABLE
			400 | user=1_ws-1: per-metric series limit (local limit: 0 global limit: 3) exceeded | UNAVAILABLE
			400 | ingestion rate limit (6666.6) exceeded while adding 499 samples and 0 metadata | UNAVAILABLE
			400 | ingestion burst size limit (1000000) exceeded | UNAVAILABLE
			400 | Rate exceeded | UNAVAILABLE
			500 | internal | UNAVAILABLE
			400 | user=1_ws-1: err: out of order sample. timestamp=2026, series={__name__="a"} | REJECTED
			400 | err: duplicate sample for timestamp. timestamp=2026 | REJECTED
			400 | label value too long for metric: "a" label value: "b" | REJECTED
			400 | series has too many labels (actual: 151, limit: 150) series: 'a' | REJECTED
			400 | timestamp too old | REJECTED
			""")
	void readsWhatAmpMeans(int status, String text, Failure failure) {
		Outcome outcome = read(status, text);
		assertThat(outcome).isEqualTo(Outcome.answered(failure, status, "HTTP " + status + ": " + text, null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 404, 413, 429, 502, 503, 504 })
	void leavesTheRestToTheStatus(int status) {
		assertThat(read(status, "per-user series limit")).isNull();
	}

	@Test
	void showsNoSecretsAndNoLines() {
		Outcome outcome = read(400, "bad\nAKIAIOSFODNN7EXAMPLE");
		assertThat(outcome).isNotNull().extracting(Outcome::message).isEqualTo("HTTP 400: bad (redacted)");
		assertThat(read(400, "")).isNotNull().extracting(Outcome::message).isEqualTo("HTTP 400");
	}

	private @Nullable Outcome read(int status, String text) {
		return this.format.read(new Answer(status, text.getBytes(StandardCharsets.UTF_8)));
	}

}
