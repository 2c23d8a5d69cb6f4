package io.github.adotspring.autoconfigure.otlp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogShortening}.
 */
final class LogShorteningTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final OtlpSplitter splitter = new OtlpSplitter(Signal.LOGS, OtlpLimits.cloudWatchLogs(), new ManualClock());

	private final OtlpSplitter large = new OtlpSplitter(Signal.LOGS, OtlpLimits.cloudWatchLargeLogs(),
			new ManualClock());

	@Test
	void whatKeepsTheLimitsIsPassedOnAsItIs() {
		byte[] message = message(body("x".repeat(MEGABYTE - 200)));
		Split split = this.splitter.split(message);
		assertThat(split.parts()).singleElement().satisfies((part) -> assertThat(part.message()).isSameAs(message));
		assertThat(split.shortened()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "é", "€", "😀" })
	void aLongBodyIsCutBeforeACharacter(String character) {
		LogRecord log = body(character.repeat(2_000_000));
		Split split = this.splitter.split(message(log));
		LogRecord cut = only(split);
		assertThat(split.shortened()).isEqualTo(1);
		assertThat(cut.getSerializedSize()).isBetween(MEGABYTE * 9 / 10, MEGABYTE);
		assertThat(character.repeat(2_000_000)).startsWith(cut.getBody().getStringValue());
		assertThat(cut.getBody().getStringValueBytes().isValidUtf8()).isTrue();
		assertThat(cut.getAttributesList()).containsExactly(truncated(), originalBytes(log));
	}

	@Test
	void theLongestStringsAreCutToTheSameLengthAndTheOthersStayWhole() {
		LogRecord log = body("what happened").toBuilder()
			.setSeverityText("WARN")
			.setTraceId(ByteString.copyFrom(new byte[16]))
			.addAttributes(attribute("exception.stacktrace", "a".repeat(3_000_000)))
			.addAttributes(attribute("exception.message", "b".repeat(700_000)))
			.addAttributes(attribute("thread.name", "main"))
			.build();
		LogRecord cut = only(this.splitter.split(message(log)));
		int length = value(cut, "exception.stacktrace").length();
		assertThat(length).isBetween(450_000, MEGABYTE / 2);
		assertThat(value(cut, "exception.message")).hasSize(length);
		assertThat(value(cut, "thread.name")).isEqualTo("main");
		assertThat(cut.getBody().getStringValue()).isEqualTo("what happened");
		assertThat(cut.getSeverityText()).isEqualTo("WARN");
		assertThat(cut.getTraceId()).isEqualTo(log.getTraceId());
		assertThat(cut.getAttributesList()).endsWith(truncated(), originalBytes(log));
	}

	@Test
	void stringsWithinABodyAreCutToo() {
		AnyValue text = AnyValue.newBuilder().setStringValue("x".repeat(2_000_000)).build();
		AnyValue bytes = AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[2_000_000])).build();
		AnyValue list = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(text)).build();
		LogRecord log = LogRecord.newBuilder()
			.setBody(AnyValue.newBuilder()
				.setKvlistValue(KeyValueList.newBuilder()
					.addValues(KeyValue.newBuilder().setKey("list").setValue(list))
					.addValues(KeyValue.newBuilder().setKey("bytes").setValue(bytes))))
			.build();
		List<KeyValue> cut = only(this.splitter.split(message(log))).getBody().getKvlistValue().getValuesList();
		assertThat(cut).extracting(KeyValue::getKey).containsExactly("list", "bytes");
		assertThat(cut.get(0).getValue().getArrayValue().getValues(0).getStringValue()).hasSizeGreaterThan(450_000);
		assertThat(cut.get(1).getValue().getBytesValue().size()).isGreaterThan(450_000);
	}

	@Test
	void randomRecordsAreCutToTheLimitOrDropped() throws InvalidProtocolBufferException {
		Random random = new Random(7);
		OtlpLimits limits = new OtlpLimits(5_000, 10, 26, OtlpLimits.NONE, 500, 4_500, OtlpLimits.NONE, true, null,
				null);
		OtlpSplitter splitter = new OtlpSplitter(Signal.LOGS, limits, new ManualClock());
		for (int i = 0; i < 500; i++) {
			LogRecord.Builder log = body("é".repeat(random.nextInt(4_000))).toBuilder();
			for (int j = random.nextInt(20); j > 0; j--) {
				log.addAttributes(attribute("key " + j, "€".repeat(random.nextInt(1_000))));
			}
			Split split = splitter.split(message(log.build()));
			assertThat(split.dropped()).isEmpty();
			byte[] sent = split.parts().get(0).message();
			assertThat(sent).hasSizeLessThanOrEqualTo(5_000);
			assertThat(ExportLogsServiceRequest.parseFrom(sent).getSerializedSize()).isEqualTo(sent.length);
			assertThat(split.shortened()).isEqualTo((log.build().getSerializedSize() > 4_500) ? 1 : 0);
		}
	}

	@Test
	void whatHasNoLongStringsIsDropped() {
		LogRecord.Builder log = body("many").toBuilder();
		for (int i = 0; i < 60_000; i++) {
			log.addAttributes(KeyValue.newBuilder()
				.setKey("a key of some length " + i)
				.setValue(AnyValue.newBuilder().setIntValue(i)));
		}
		Split split = this.splitter.split(message(log.build()));
		assertThat(split.parts()).isEmpty();
		assertThat(split.dropped()).extracting(Split.Dropped::reason).containsExactly(Reason.TOO_LARGE);
		assertThat(split.shortened()).isZero();
	}

	@Test
	void whatIsStillTooLargeIsHalvedAndMarkedOnce() {
		LogRecord log = body("x".repeat(2 * MEGABYTE));
		byte[] message = this.splitter.split(message(log)).parts().get(0).message();
		int halves = 0;
		Split half = this.splitter.halve(message);
		while (!half.parts().isEmpty()) {
			assertThat(half.parts().get(0).message().length).isLessThanOrEqualTo(message.length / 2 + 100);
			assertThat(only(half).getAttributesList()).containsExactly(truncated(), originalBytes(log));
			message = half.parts().get(0).message();
			half = this.splitter.halve(message);
			halves++;
		}
		assertThat(halves).isBetween(7, 12);
		assertThat(half.dropped()).extracting(Split.Dropped::reason).containsExactly(Reason.TOO_LARGE);
	}

	@Test
	void aRequestHoldsOneLargeRecordAtMost() {
		LogRecord big = body("x".repeat(2 * MEGABYTE));
		LogRecord small = body("small");
		Split split = this.large.split(message(small, big, small, big, small));
		assertThat(split.parts()).hasSize(2)
			.allSatisfy((part) -> assertThat(logs(part)).filteredOn((log) -> log.equals(big)).hasSize(1));
		assertThat(split.parts()).extracting(Split.Part::items).containsExactly(3, 2);
		assertThat(split.shortened()).isZero();
	}

	@Test
	void aRecordOfMoreThanTwentyMegabytesIsCutToThem() {
		LogRecord log = body("x".repeat(25 * MEGABYTE));
		LogRecord cut = only(this.large.split(message(log)));
		assertThat(cut.getSerializedSize()).isBetween(18 * MEGABYTE, 20 * MEGABYTE);
		assertThat(cut.getAttributesList()).containsExactly(truncated(), originalBytes(log));
	}

	private static LogRecord body(String text) {
		return LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(text)).build();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private static KeyValue truncated() {
		return KeyValue.newBuilder()
			.setKey("aws.log.truncated")
			.setValue(AnyValue.newBuilder().setBoolValue(true))
			.build();
	}

	private static KeyValue originalBytes(LogRecord log) {
		return KeyValue.newBuilder()
			.setKey("aws.log.original_bytes")
			.setValue(AnyValue.newBuilder().setIntValue(log.getSerializedSize()))
			.build();
	}

	private static String value(LogRecord log, String key) {
		return log.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.findFirst()
			.orElseThrow()
			.getValue()
			.getStringValue();
	}

	private static byte[] message(LogRecord... logs) {
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(
					ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(logs))))
			.build()
			.toByteArray();
	}

	private static LogRecord only(Split split) {
		assertThat(split.parts()).hasSize(1);
		assertThat(logs(split.parts().get(0))).hasSize(1);
		return logs(split.parts().get(0)).get(0);
	}

	private static List<LogRecord> logs(Split.Part part) {
		try {
			return ExportLogsServiceRequest.parseFrom(part.message())
				.getResourceLogs(0)
				.getScopeLogs(0)
				.getLogRecordsList();
		}
		catch (InvalidProtocolBufferException ex) {
			throw new AssertionError(new String(part.message(), StandardCharsets.UTF_8), ex);
		}
	}

}
