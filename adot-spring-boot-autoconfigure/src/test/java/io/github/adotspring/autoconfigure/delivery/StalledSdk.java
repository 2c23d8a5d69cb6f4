package io.github.adotspring.autoconfigure.delivery;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An SDK whose exporters take one item and then wait, and whose queues have room for
 * {@value #QUEUE_SIZE} more.
 */
final class StalledSdk implements AutoCloseable {

	static final int QUEUE_SIZE = 8;

	private final OpenTelemetrySdk sdk;

	private final Semaphore taken = new Semaphore(0);

	private final List<CompletableResultCode> waiting = new CopyOnWriteArrayList<>();

	private volatile boolean released;

	StalledSdk(SdkMeterProvider meterProvider, InternalTelemetryVersion version) {
		BatchSpanProcessor spans = BatchSpanProcessor.builder(new StalledSpanExporter())
			.setMaxQueueSize(QUEUE_SIZE)
			.setMaxExportBatchSize(1)
			.setMeterProvider(() -> meterProvider)
			.setInternalTelemetryVersion(version)
			.build();
		BatchLogRecordProcessor logs = BatchLogRecordProcessor.builder(new StalledLogRecordExporter())
			.setMaxQueueSize(QUEUE_SIZE)
			.setMaxExportBatchSize(1)
			.setMeterProvider(() -> meterProvider)
			.setInternalTelemetryVersion(version)
			.build();
		this.sdk = OpenTelemetrySdk.builder()
			.setMeterProvider(meterProvider)
			.setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(spans).build())
			.setLoggerProvider(SdkLoggerProvider.builder().addLogRecordProcessor(logs).build())
			.build();
	}

	/**
	 * Makes items until the exporter has one, the queue is full and this many were lost.
	 */
	void overflow(Signal signal, int lost) throws InterruptedException {
		make(signal, 1);
		assertThat(this.taken.tryAcquire(15, TimeUnit.SECONDS)).isTrue();
		make(signal, QUEUE_SIZE + lost);
	}

	void make(Signal signal, int count) {
		for (int i = 0; i < count; i++) {
			if (signal == Signal.TRACES) {
				this.sdk.getTracer("test").spanBuilder("span").startSpan().end();
			}
			else {
				this.sdk.getLogsBridge().get("test").logRecordBuilder().setBody("log").emit();
			}
		}
	}

	@Override
	public void close() {
		this.released = true;
		this.waiting.forEach(CompletableResultCode::succeed);
		assertThat(this.sdk.shutdown().join(15, TimeUnit.SECONDS).isSuccess()).isTrue();
	}

	private CompletableResultCode export() {
		CompletableResultCode result = new CompletableResultCode();
		this.waiting.add(result);
		this.taken.release();
		return this.released ? result.succeed() : result;
	}

	private final class StalledSpanExporter implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			return StalledSdk.this.export();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

	private final class StalledLogRecordExporter implements LogRecordExporter {

		@Override
		public CompletableResultCode export(Collection<LogRecordData> logs) {
			return StalledSdk.this.export();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
