package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import com.google.protobuf.MessageLite;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * Spans to deliver.
 */
final class Spans {

	/** Compresses as upstream's exporters do. */
	static final Compressor GZIP = new Compressor() {

		@Override
		public String getEncoding() {
			return "gzip";
		}

		@Override
		public OutputStream compress(OutputStream output) throws IOException {
			return new GZIPOutputStream(output);
		}

	};

	private Spans() {
	}

	static List<SpanData> ended(int count) {
		List<SpanData> spans = new ArrayList<>();
		long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
		for (int i = 0; i < count; i++) {
			spans.add(TestSpanData.builder()
				.setName("span " + i)
				.setKind(SpanKind.SERVER)
				.setStatus(StatusData.unset())
				.setStartEpochNanos(now - 1_000_000)
				.setEndEpochNanos(now)
				.setHasEnded(true)
				.build());
		}
		return spans;
	}

	static Payload payload(int count) {
		return new Payload(Signal.TRACES, message(count).toByteArray(), count, GZIP);
	}

	static ExportTraceServiceRequest message(int count) {
		ScopeSpans.Builder scope = ScopeSpans.newBuilder();
		for (int i = 0; i < count; i++) {
			scope.addSpans(Span.newBuilder().setName("span " + i));
		}
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
			.build();
	}

	static MessageWriter writer(MessageLite message) {
		return writer(message.toByteArray());
	}

	static MessageWriter writer(byte[] message) {
		return new MessageWriter() {

			@Override
			public void writeMessage(OutputStream output) throws IOException {
				output.write(message);
			}

			@Override
			public int getContentLength() {
				return message.length;
			}

		};
	}

}
