package io.github.adotspring.autoconfigure.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.LineOutput;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last log records, and on request writes each as a line of JSON: to a stream
 * and not to a logger, of which it would come back. It reads the bytes that AWS would
 * get.
 */
final class LogConsole implements Destination {

	private final LogStore store;

	private final int maxChars;

	private final @Nullable LineOutput output;

	/**
	 * Create a new instance.
	 * @param store keeps the records
	 * @param maxChars most characters that are kept of a record
	 * @param output where records are written too, {@code null} for nowhere
	 */
	LogConsole(LogStore store, int maxChars, @Nullable LineOutput output) {
		this.store = store;
		this.maxChars = maxChars;
		this.output = output;
	}

	/**
	 * Whether records are written, and not only kept.
	 */
	boolean isWritten() {
		return this.output != null;
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		ExportLogsServiceRequest request;
		try {
			request = ExportLogsServiceRequest.parseFrom(payload.message());
		}
		catch (InvalidProtocolBufferException ex) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.INVALID, "not an OTLP message"));
		}
		this.store.add(decode(request));
		return CompletableFuture.completedFuture((this.output != null)
				? this.output.write(lines(request).getBytes(StandardCharsets.UTF_8)) : Outcome.delivered(0));
	}

	private List<ConsoleRecord> decode(ExportLogsServiceRequest request) {
		List<ConsoleRecord> records = new ArrayList<>();
		for (ResourceLogs resource : request.getResourceLogsList()) {
			String service = ServiceName.of(resource.getResource());
			for (ScopeLogs scope : resource.getScopeLogsList()) {
				String logger = scope.getScope().getName();
				scope.getLogRecordsList()
					.forEach((record) -> records.add(ConsoleRecord.of(service, logger, record, this.maxChars)));
			}
		}
		return records;
	}

	private static String lines(ExportLogsServiceRequest request) {
		StringBuilder lines = new StringBuilder();
		for (ResourceLogs resource : request.getResourceLogsList()) {
			String ofResource = LogRecordJson.resource(resource);
			for (ScopeLogs scope : resource.getScopeLogsList()) {
				String ofScope = ofResource + LogRecordJson.scope(scope);
				for (LogRecord record : scope.getLogRecordsList()) {
					lines.append(ofScope).append(LogRecordJson.record(record)).append('\n');
				}
			}
		}
		return lines.toString();
	}

}
