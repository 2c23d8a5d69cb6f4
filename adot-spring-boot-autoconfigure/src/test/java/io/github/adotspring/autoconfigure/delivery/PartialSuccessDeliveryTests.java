package io.github.adotspring.autoconfigure.delivery;

import java.util.Map;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for answers that take a part of a request, on the whole way of each signal.
 */
@Timeout(60)
final class PartialSuccessDeliveryTests {

	private final AwsEndpoint collector = AwsEndpoint.withoutSignature();

	private final Pipeline pipeline = Pipeline.toCollector(this.collector.url());

	private final LogLines log = LogLines.listen();

	@AfterEach
	void close() {
		this.log.close();
		this.pipeline.close();
		this.collector.close();
	}

	@ParameterizedTest
	@EnumSource
	void countsWhatIsRejectedInProtobuf(Signal signal) {
		rejects(signal, Answer.partialSuccess(3, "No such tenant"));
	}

	@ParameterizedTest
	@EnumSource
	void countsWhatIsRejectedInJson(Signal signal) {
		rejects(signal, Answer.partialSuccessJson(signal, 3, "No such tenant"));
	}

	private void rejects(Signal signal, Answer answer) {
		this.collector.enqueue(answer);
		assertThat(export(signal, 10)).isTrue();
		SignalStatus status = this.pipeline.status(signal);
		assertThat(status.exported()).isEqualTo(7);
		assertThat(status.byReason(Result.REJECTED)).containsExactly(Map.entry("rejected", 3L));
		assertThat(status.received()).isEqualTo(10);
		assertThat(status.isFailing()).isFalse();
		assertThat(lastError(signal)).isEqualTo("partial success: No such tenant");
		assertThat(this.log.lines()).containsExactly(
				"WARN 3 %s were lost (rejected 3): rejected with No such tenant".formatted(signal.itemName()));
		assertThat(this.collector.requests()).hasSize(1);
	}

	@Test
	void tellsTheReasonsOfCloudWatchLogsInOneLine() {
		String reasons = "{\"tooOldLogEventCount\":\"1\",\"tooNewLogEventCount\":\"2\",\"expiredLogEventCount\":\"3\"}";
		this.collector.enqueue(Answer.partialSuccessJson(Signal.LOGS, 7, reasons));
		assertThat(export(Signal.LOGS, 10)).isTrue();
		SignalStatus status = this.pipeline.status(Signal.LOGS);
		assertThat(status.exported()).isEqualTo(3);
		assertThat(status.byReason(Result.REJECTED))
			.isEqualTo(Map.of("too_old", 1L, "too_new", 2L, "expired", 3L, "rejected", 1L));
		assertThat(this.log.lines()).containsExactly("WARN 7 log records were lost "
				+ "(expired 3, rejected 1, too_new 2, too_old 1): rejected with " + reasons);
	}

	@ParameterizedTest
	@EnumSource
	void countsNoMoreThanWasSent(Signal signal) {
		this.collector.enqueue(Answer.partialSuccess(Long.MAX_VALUE, "All of them"));
		assertThat(export(signal, 4)).isTrue();
		assertThat(this.pipeline.status(signal).exported()).isZero();
		assertThat(this.pipeline.status(signal).rejected()).isEqualTo(4);
	}

	@Test
	void tellsAWarningWithoutLossesOnce() {
		this.collector.enqueue(Answer.partialSuccess(0, "Use another endpoint"),
				Answer.partialSuccess(0, "Use another endpoint"));
		assertThat(export(Signal.TRACES, 1)).isTrue();
		assertThat(export(Signal.TRACES, 3)).isTrue();
		assertThat(this.pipeline.status().exported()).isEqualTo(4);
		assertThat(this.pipeline.status().rejected()).isZero();
		assertThat(lastError(Signal.TRACES)).isEqualTo("partial success: Use another endpoint");
		assertThat(this.log.lines()).singleElement()
			.asString()
			.startsWith("WARN Traces are delivered to http://")
			.endsWith("/v1/traces, which warns: Use another endpoint");
	}

	@Test
	void tellsOfLossesWithoutAReason() {
		this.collector.enqueue(Answer.partialSuccess(2, ""));
		assertThat(export(Signal.TRACES, 4)).isTrue();
		assertThat(lastError(Signal.TRACES)).isEqualTo("partial success");
		assertThat(this.log.lines()).containsExactly("WARN 2 spans were lost (rejected 2): rejected without a reason");
	}

	@Test
	void makesOneLineOfTheReason() {
		this.collector.enqueue(Answer.partialSuccess(1, "two\nlines\u001b[31m " + "x".repeat(5_000)));
		assertThat(export(Signal.TRACES, 4)).isTrue();
		assertThat(lastError(Signal.TRACES)).startsWith("partial success: two lines [31m xxx").hasSizeLessThan(600);
		assertThat(this.log.lines()).singleElement().asString().hasSizeLessThan(600).doesNotContain("\n");
	}

	private boolean export(Signal signal, int items) {
		return switch (signal) {
			case TRACES -> this.pipeline.export(items);
			case METRICS -> this.pipeline.exportMetrics(items);
			case LOGS -> this.pipeline.exportLogs(items);
		};
	}

	private String lastError(Signal signal) {
		SignalStatus.LastError error = this.pipeline.status(signal).lastError();
		return (error != null) ? error.message() : "";
	}

}
