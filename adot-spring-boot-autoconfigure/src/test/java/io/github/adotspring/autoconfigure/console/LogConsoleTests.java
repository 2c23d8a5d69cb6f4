package io.github.adotspring.autoconfigure.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.delivery.LineOutput;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogConsole} and what it makes of log records.
 */
final class LogConsoleTests {

	private static final byte[] TRACE_ID = { 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7 };

	private static final byte[] SPAN_ID = { 0, 0, 0, 0, 0, 0, 0, 9 };

	private static final LogRecord RECORD = LogRecord.newBuilder()
		.setTimeUnixNano(1_700_000_000_123_456_789L)
		.setObservedTimeUnixNano(1_700_000_000_200_000_000L)
		.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
		.setSeverityText("WARN")
		.setBody(string("line 1\nline \"2\" \u2603"))
		.addAttributes(attribute("thread.name", string("main")))
		.addAttributes(attribute("thread.id", AnyValue.newBuilder().setIntValue(7).build()))
		.setFlags(1)
		.setTraceId(ByteString.copyFrom(TRACE_ID))
		.setSpanId(ByteString.copyFrom(SPAN_ID))
		.build();

	private final LogStore store = new LogStore(3);

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final LogConsole console = new LogConsole(this.store, 20,
			new LineOutput(() -> new PrintStream(this.written, true, StandardCharsets.UTF_8)));

	@Test
	void writesARecordAsCloudWatchStoresIt() {
		deliver(RECORD);
		assertThat(lines()).containsExactly("{\"resource\":{\"attributes\":{\"service.name\":\"shop\"}},"
				+ "\"scope\":{\"name\":\"com.example.Shop\"},\"timeUnixNano\":1700000000123456789,"
				+ "\"observedTimeUnixNano\":1700000000200000000,\"severityNumber\":13,\"severityText\":\"WARN\","
				+ "\"body\":\"line 1\\u000aline \\\"2\\\" \u2603\","
				+ "\"attributes\":{\"thread.name\":\"main\",\"thread.id\":7},\"flags\":1,"
				+ "\"traceId\":\"65000000000000000000000000000007\",\"spanId\":\"0000000000000009\"}");
		assertThat(json(lines().get(0)).path("body").asString()).isEqualTo(RECORD.getBody().getStringValue());
	}

	@Test
	void writesEveryKindOfValueAsJson() {
		AnyValue array = AnyValue.newBuilder()
			.setArrayValue(ArrayValue.newBuilder()
				.addValues(string("a"))
				.addValues(number(1.5))
				.addValues(AnyValue.getDefaultInstance()))
			.build();
		deliver(LogRecord.newBuilder()
			.setBody(AnyValue.newBuilder()
				.setKvlistValue(KeyValueList.newBuilder().addValues(attribute("inner", array))))
			.addAttributes(attribute("nan", number(Double.NaN)))
			.addAttributes(attribute("infinite", number(Double.NEGATIVE_INFINITY)))
			.addAttributes(attribute("double", number(0.25)))
			.addAttributes(attribute("large", AnyValue.newBuilder().setIntValue(Long.MAX_VALUE).build()))
			.addAttributes(attribute("yes", AnyValue.newBuilder().setBoolValue(true).build()))
			.addAttributes(attribute("bytes",
					AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] { 1, 2, -1 })).build()))
			.addAttributes(attribute("nothing", AnyValue.getDefaultInstance()))
			.build());
		JsonNode record = json(lines().get(0));
		assertThat(record.path("body")).isEqualTo(json("{\"inner\":[\"a\",1.5,null]}"));
		assertThat(record.path("attributes"))
			.isEqualTo(json("{\"nan\":\"NaN\",\"infinite\":\"-Infinity\",\"double\":0.25,\"large\":9223372036854775807,"
					+ "\"yes\":true,\"bytes\":\"AQL/\",\"nothing\":null}"));
		assertThat(record.path("traceId").asString()).isEmpty();
	}

	@Test
	void aRecordWithNothingIsALineToo() {
		assertThat(this.console.deliver(PayloadFixtures.logs(ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.addScopeLogs(ScopeLogs.newBuilder().addLogRecords(LogRecord.getDefaultInstance())))
			.build()
			.toByteArray()))).isCompletedWithValue(Outcome.delivered(0));
		assertThat(json(lines().get(0)).path("body").isNull()).isTrue();
	}

	@Test
	void keepsWhatIsToBeShown() {
		deliver(RECORD);
		ConsoleRecord record = this.store.records().get(0);
		assertThat(record.traceId()).isEqualTo("65000000000000000000000000000007");
		assertThat(record.spanId()).isEqualTo("0000000000000009");
		assertThat(record.service()).isEqualTo("shop");
		assertThat(record.logger()).isEqualTo("com.example.Shop");
		assertThat(record.severityNumber()).isEqualTo(13);
		assertThat(record.time()).isEqualTo(1_700_000_000_123_456_789L);
		assertThat(this.store.ofTrace(record.traceId())).containsExactly(record);
		assertThat(this.store.ofTrace("")).isEmpty();
	}

	@Test
	void keepsSoMuchOfARecordAndWritesAll() {
		deliver(record("x".repeat(15)).toBuilder().addAttributes(attribute("key", string("value"))).build(),
				record("x".repeat(10_000)));
		assertThat(this.store.records()).extracting(ConsoleRecord::cut).containsExactly(true, true);
		assertThat(this.store.records().get(0).attributes()).containsExactly(Map.entry("key", "va"));
		assertThat(this.store.records().get(1).body()).hasSize(20);
		assertThat(lines().get(1)).contains("x".repeat(10_000));
	}

	@Test
	void keepsTheLastRecords() {
		deliver(IntStream.range(0, 5).mapToObj((i) -> record("record " + i)).toArray(LogRecord[]::new));
		assertThat(this.store.records()).extracting(ConsoleRecord::body)
			.containsExactly("record 2", "record 3", "record 4");
		assertThat(this.store.records()).extracting(ConsoleRecord::cut).containsOnly(false);
		assertThat(lines()).hasSize(5);
	}

	@Test
	void writesNothingUnlessToldTo() {
		LogConsole silent = new LogConsole(this.store, 20, null);
		assertThat(silent.deliver(payload(RECORD))).isCompletedWithValue(Outcome.delivered(0));
		assertThat(silent.isWritten()).isFalse();
		assertThat(this.store.records()).hasSize(1);
		assertThat(this.written.size()).isZero();
	}

	@Test
	void refusesWhatIsNoMessage() {
		assertThat(this.console.deliver(PayloadFixtures.logs(new byte[] { 1, 2, 3 })).join().failure())
			.isEqualTo(Failure.INVALID);
	}

	private void deliver(LogRecord... records) {
		assertThat(this.console.deliver(payload(records))).isCompletedWithValue(Outcome.delivered(0));
	}

	private static Payload payload(LogRecord... records) {
		return PayloadFixtures.logs(ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.setResource(Resource.newBuilder().addAttributes(attribute("service.name", string("shop"))))
				.addScopeLogs(ScopeLogs.newBuilder()
					.setScope(InstrumentationScope.newBuilder().setName("com.example.Shop"))
					.addAllLogRecords(Arrays.asList(records))))
			.build()
			.toByteArray());
	}

	private static LogRecord record(String body) {
		return LogRecord.newBuilder().setBody(string(body)).build();
	}

	private static KeyValue attribute(String key, AnyValue value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	private static AnyValue string(String value) {
		return AnyValue.newBuilder().setStringValue(value).build();
	}

	private static AnyValue number(double value) {
		return AnyValue.newBuilder().setDoubleValue(value).build();
	}

	private List<String> lines() {
		return this.written.toString(StandardCharsets.UTF_8).lines().toList();
	}

	private static JsonNode json(String text) {
		return JsonMapper.builder().build().readTree(text);
	}

}
