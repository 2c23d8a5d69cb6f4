package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.adotspring.autoconfigure.delivery.Withheld;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LimitedLogRecordProcessor} in an SDK.
 */
final class LimitedLogRecordProcessorTests {

	private final AtomicLong now = new AtomicLong();

	private final InMemoryLogRecordExporter exporter = InMemoryLogRecordExporter.create();

	private final List<Withheld> withheld = new ArrayList<>();

	@Test
	void theNextRecordOfALoggerTellsHowManyWereSuppressed() {
		SdkLoggerProvider logs = logs(processor(false, guard(2)));
		for (int i = 0; i < 7; i++) {
			record(logs, "noisy").setBody("again").emit();
		}
		record(logs, "shop").setBody("order").emit();
		this.now.addAndGet(1_000_000_000);
		record(logs, "noisy").setBody("again").emit();
		record(logs, "noisy").setBody("again").emit();
		assertThat(this.exporter.getFinishedLogRecordItems())
			.extracting((record) -> record.getInstrumentationScopeInfo().getName(),
					(record) -> record.getAttributes().get(LimitedLogRecordProcessor.SUPPRESSED))
			.containsExactly(tuple("noisy", null), tuple("noisy", null), tuple("shop", null), tuple("noisy", 5L),
					tuple("noisy", null));
		assertThat(this.withheld).hasSize(5).containsOnly(Withheld.RATE_LIMITED);
	}

	@Test
	void leavesTheRecordsOfTracesThatAreNotSampled() {
		SdkLoggerProvider logs = logs(processor(true, null));
		emit(logs, "outside", Context.root());
		emit(logs, "sampled", inTrace(TraceFlags.getSampled()));
		emit(logs, "not sampled", inTrace(TraceFlags.getDefault()));
		emit(logs, "no trace", Context.root().with(Span.getInvalid()));
		assertThat(bodies()).containsExactly("outside", "sampled", "no trace");
		assertThat(this.withheld).containsExactly(Withheld.NOT_SAMPLED);
	}

	@Test
	void exportsTheRecordsOfAllTracesUnlessToldOtherwise() {
		SdkLoggerProvider logs = logs(processor(false, null));
		emit(logs, "not sampled", inTrace(TraceFlags.getDefault()));
		assertThat(bodies()).containsExactly("not sampled");
		assertThat(this.withheld).isEmpty();
	}

	@Test
	void whatIsNotSampledTakesNoRoom() {
		SdkLoggerProvider logs = logs(processor(true, guard(1)));
		emit(logs, "not sampled", inTrace(TraceFlags.getDefault()));
		emit(logs, "first", Context.root());
		emit(logs, "second", Context.root());
		assertThat(bodies()).containsExactly("first");
		assertThat(this.withheld).containsExactly(Withheld.NOT_SAMPLED, Withheld.RATE_LIMITED);
	}

	@Test
	void decidesOnceForAllExporters() {
		InMemoryLogRecordExporter another = InMemoryLogRecordExporter.create();
		LimitedLogRecordProcessor processor = processor(false, guard(2));
		LogRecordProcessor second = processor.add(SimpleLogRecordProcessor.create(another));
		SdkLoggerProvider logs = SdkLoggerProvider.builder()
			.addLogRecordProcessor(processor)
			.addLogRecordProcessor(second)
			.build();
		for (int i = 0; i < 5; i++) {
			emit(logs, "record " + i, Context.root());
		}
		assertThat(logs.forceFlush().isSuccess()).isTrue();
		assertThat(bodies()).containsExactly("record 0", "record 1");
		assertThat(another.getFinishedLogRecordItems()).hasSize(2);
		assertThat(this.withheld).hasSize(3);
	}

	private static Tuple tuple(String logger, @Nullable Long suppressed) {
		return Tuple.tuple(logger, suppressed);
	}

	private List<String> bodies() {
		return this.exporter.getFinishedLogRecordItems()
			.stream()
			.map(LogRecordData::getBodyValue)
			.map((body) -> (body != null) ? body.asString() : "")
			.toList();
	}

	private static Context inTrace(TraceFlags flags) {
		return Context.root()
			.with(Span.wrap(SpanContext.create("65f0c0de0123456789abcdef01234567", "0123456789abcdef", flags,
					TraceState.getDefault())));
	}

	private static void emit(SdkLoggerProvider logs, String body, Context context) {
		record(logs, "shop").setBody(body).setContext(context).emit();
	}

	private static LogRecordBuilder record(SdkLoggerProvider logs, String logger) {
		return logs.get(logger).logRecordBuilder().setSeverity(Severity.INFO);
	}

	private RateGuard guard(int perLogger) {
		return new RateGuard(null, perLogger, this.now::get);
	}

	private LimitedLogRecordProcessor processor(boolean onlySampled, @Nullable RateGuard guard) {
		return new LimitedLogRecordProcessor(SimpleLogRecordProcessor.create(this.exporter), onlySampled, guard,
				this.withheld::add);
	}

	private static SdkLoggerProvider logs(LogRecordProcessor processor) {
		return SdkLoggerProvider.builder().addLogRecordProcessor(processor).build();
	}

}
