package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps the traces and writes each to the log when it is finished. It reads the bytes
 * that AWS would get.
 */
final class TraceConsole implements Destination, AutoCloseable {

	private static final Log logger = LogFactory.getLog("io.github.adotspring.console");

	/** How long a finished trace waits for spans that ended just after its root. */
	private static final Duration SETTLE = Duration.ofMillis(250);

	/**
	 * How long a trace that came in from elsewhere waits for a parent that is in this
	 * process too.
	 */
	private static final Duration SETTLE_REMOTE = Duration.ofSeconds(1);

	private final TraceStore store;

	private final LogStore logs;

	private final boolean log;

	private final BiConsumer<Duration, Runnable> scheduler;

	TraceConsole(TraceStore store, LogStore logs, boolean log, BiConsumer<Duration, Runnable> scheduler) {
		this.store = store;
		this.logs = logs;
		this.log = log;
		this.scheduler = scheduler;
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		List<ConsoleSpan> spans;
		try {
			spans = decode(payload.message());
		}
		catch (InvalidProtocolBufferException ex) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.INVALID, "not an OTLP message"));
		}
		Set<ConsoleTrace> traces = this.store.add(spans);
		if (this.log) {
			traces.forEach((trace) -> this.scheduler.accept(isFinished(trace) ? SETTLE : SETTLE_REMOTE,
					() -> showIfFinished(trace)));
		}
		return CompletableFuture.completedFuture(Outcome.delivered(0));
	}

	private boolean isFinished(ConsoleTrace trace) {
		synchronized (this.store) {
			return trace.isFinished();
		}
	}

	private void showIfFinished(ConsoleTrace trace) {
		String waterfall;
		synchronized (this.store) {
			if (!trace.hasNews() || !(trace.isFinished() || trace.isFinishedHere())) {
				return;
			}
			trace.shown();
			waterfall = Waterfall.draw(trace, LogSummary.of(this.logs.ofTrace(trace.id())));
		}
		logger.info(waterfall);
	}

	private static List<ConsoleSpan> decode(byte[] message) throws InvalidProtocolBufferException {
		List<ConsoleSpan> spans = new ArrayList<>();
		for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(message).getResourceSpansList()) {
			String service = ServiceName.of(resource.getResource());
			resource.getScopeSpansList()
				.forEach((scope) -> scope.getSpansList().forEach((span) -> spans.add(ConsoleSpan.of(service, span))));
		}
		return spans;
	}

	/**
	 * Write what still waits for more.
	 */
	@Override
	public void close() {
		if (this.log) {
			this.store.traces().forEach(this::showIfFinished);
		}
	}

}
