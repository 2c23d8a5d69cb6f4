package io.github.adotspring.autoconfigure.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PartialSuccess}.
 */
final class PartialSuccessTests {

	private static final String JSON = "application/json";

	private static final String PROTOBUF = "application/x-protobuf";

	private static final String COUNTS = "{\"tooOldLogEventCount\":2,\"tooNewLogEventCount\":1,\"expiredLogEventCount\":0}";

	@Test
	void readsProtobuf() {
		assertThat(PartialSuccess.read(protobuf(5, "no"), PROTOBUF))
			.isEqualTo(new PartialSuccess(5, "no", Map.of("rejected", 5L)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rejectedSpans", "rejectedLogRecords", "rejectedDataPoints", "rejected_spans",
			"rejected_log_records", "rejected_data_points" })
	void readsJson(String field) {
		PartialSuccess expected = new PartialSuccess(5, "no \"é\"\n", Map.of("rejected", 5L));
		String message = "\"no \\\"\\u00e9\\\"\\n\"";
		assertThat(json("{\"partialSuccess\":{\"" + field + "\":\"5\",\"errorMessage\":" + message + "}}"))
			.isEqualTo(expected);
		assertThat(json(" { \"other\" : [1, {}], \"partial_success\": {\"error_message\" : " + message + ", \"" + field
				+ "\" : 5 } } "))
			.isEqualTo(expected);
	}

	@Test
	void readsJsonWithoutAContentType() {
		assertThat(PartialSuccess.read(bytes("{\"partialSuccess\":{\"rejectedSpans\":5}}"), null).rejected())
			.isEqualTo(5);
		assertThat(PartialSuccess.read(protobuf(5, ""), null).rejected()).isEqualTo(5);
	}

	@Test
	void readsTheReasonsOfCloudWatchLogs() {
		PartialSuccess partialSuccess = PartialSuccess.read(protobuf(5, COUNTS), PROTOBUF);
		assertThat(partialSuccess.reasons()).containsExactly(Map.entry("too_old", 2L), Map.entry("too_new", 1L),
				Map.entry("rejected", 2L));
		assertThat(json("{\"partialSuccess\":{\"rejectedLogRecords\":\"5\",\"errorMessage\":\""
				+ COUNTS.replace("\"", "\\\"") + "\"}}"))
			.isEqualTo(partialSuccess);
	}

	@Test
	void readsAWarning() {
		PartialSuccess warning = PartialSuccess.read(protobuf(0, "slow down"), PROTOBUF);
		assertThat(warning).isEqualTo(new PartialSuccess(0, "slow down", Map.of()));
		assertThat(warning.isWarning()).isTrue();
		assertThat(PartialSuccess.NONE.isWarning()).isFalse();
		assertThat(PartialSuccess.read(protobuf(1, "no"), PROTOBUF).isWarning()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", " ", "{\"partialSuccess\":{}}", "{\"partialSuccess\":null}",
			"{\"partialSuccess\":{\"errorMessage\":null,\"rejectedSpans\":null}}", "{\"partialSuccess\":[]}",
			"{\"partialSuccess\":{\"rejectedSpans\":5}", "{\"partialSuccess\":{\"rejectedSpans\":5}} x",
			"{\"partialSuccess\":{\"rejectedSpans\":05x}}", "{\"partialSuccess\":{\"rejectedSpans\":5,}}", "[5]",
			"<html>no</html>", "{\"a\":\"\\x\"}", "{\"a\":\"\\u00g0\"}" })
	void saysNothingForWhatIsNoPartialSuccess(String body) {
		for (String contentType : new @Nullable String[] { JSON, PROTOBUF, "text/html", null }) {
			assertThat(PartialSuccess.read(bytes(body), contentType)).isEqualTo(PartialSuccess.NONE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "-5", "-9223372036854775808" })
	void aNegativeNumberIsNone(long rejected) {
		assertThat(PartialSuccess.read(protobuf(rejected, ""), PROTOBUF)).isEqualTo(PartialSuccess.NONE);
		assertThat(json("{\"partialSuccess\":{\"rejectedSpans\":" + rejected + "}}")).isEqualTo(PartialSuccess.NONE);
	}

	@Test
	void refusesNoMoreThanWereSent() {
		PartialSuccess partialSuccess = PartialSuccess.read(protobuf(Long.MAX_VALUE, COUNTS), PROTOBUF);
		assertThat(partialSuccess.rejected()).isEqualTo(Long.MAX_VALUE);
		assertThat(partialSuccess.atMost(10).rejected()).isEqualTo(10);
		assertThat(partialSuccess.atMost(10).reasons()).containsExactly(Map.entry("too_old", 2L),
				Map.entry("too_new", 1L), Map.entry("rejected", 7L));
		assertThat(partialSuccess.atMost(2).reasons()).containsExactly(Map.entry("too_old", 2L));
		assertThat(partialSuccess.atMost(2).atMost(10).rejected()).isEqualTo(2);
	}

	@Test
	void reasonsAreNoMoreThanWereRefused() {
		String counts = "{\"tooOldLogEventCount\":-7,\"tooNewLogEventCount\":9223372036854775807,\"expiredLogEventCount\":9}";
		assertThat(PartialSuccess.read(protobuf(3, counts), PROTOBUF).reasons())
			.containsExactly(Map.entry("too_new", 3L));
	}

	@Test
	void whatIsCutOffSaysNothing() {
		byte[] protobuf = protobuf(5, COUNTS);
		byte[] json = bytes("{\"partialSuccess\":{\"rejectedLogRecords\":\"5\",\"errorMessage\":\"no\"}}");
		for (int length = 0; length < protobuf.length; length++) {
			assertThat(PartialSuccess.read(Arrays.copyOf(protobuf, length), PROTOBUF)).isEqualTo(PartialSuccess.NONE);
		}
		for (int length = 0; length < json.length; length++) {
			assertThat(PartialSuccess.read(Arrays.copyOf(json, length), JSON)).isEqualTo(PartialSuccess.NONE);
		}
	}

	@Test
	void deepJsonSaysNothing() {
		assertThat(
				json("{\"partialSuccess\":{\"rejectedSpans\":5},\"a\":" + "[".repeat(8_000) + "]".repeat(8_000) + "}"))
			.isEqualTo(PartialSuccess.NONE);
	}

	@Test
	void neverFailsOnGarbage() {
		Random random = new Random(42);
		String alphabet = "{}[]\":,\\u0153.eE+-truefalsn \n";
		for (int i = 0; i < 20_000; i++) {
			byte[] garbage = new byte[random.nextInt(64)];
			random.nextBytes(garbage);
			StringBuilder text = new StringBuilder("{\"partialSuccess\":");
			random.ints(random.nextInt(30), 0, alphabet.length()).forEach((at) -> text.append(alphabet.charAt(at)));
			assertThat(PartialSuccess.read(garbage, null).rejected()).isNotNegative();
			assertThat(json(text.toString()).rejected()).isNotNegative();
		}
	}

	private static PartialSuccess json(String body) {
		return PartialSuccess.read(bytes(body), JSON);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] protobuf(long rejected, String message) {
		return ExportLogsServiceResponse.newBuilder()
			.setPartialSuccess(
					ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(rejected).setErrorMessage(message))
			.build()
			.toByteArray();
	}

}
