package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.delivery.Destination;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last values of the metrics, and writes those that moved to the log after each
 * export. It reads the bytes that AWS would get.
 */
final class MetricConsole implements Destination, AutoCloseable {

	private static final Log logger = LogFactory.getLog("io.github.adotspring.console");

	/** How long an export waits for its other parts, so that there is one table. */
	private static final Duration SETTLE = Duration.ofSeconds(1);

	private final MetricStore store;

	private final boolean log;

	private final BiConsumer<Duration, Runnable> scheduler;

	private final AtomicBoolean waiting = new AtomicBoolean();

	private final AtomicBoolean saidThatItIsFull = new AtomicBoolean();

	MetricConsole(MetricStore store, boolean log, BiConsumer<Duration, Runnable> scheduler) {
		this.store = store;
		this.log = log;
		this.scheduler = scheduler;
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		List<ConsolePoint> points;
		try {
			points = ConsolePoint.decode(payload.message());
		}
		catch (InvalidProtocolBufferException ex) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.INVALID, "not an OTLP message"));
		}
		SeriesKey omitted = this.store.add(points);
		if (omitted != null) {
			sayThatItIsFull(omitted);
		}
		if (this.log && this.waiting.compareAndSet(false, true)) {
			this.scheduler.accept(SETTLE, this::show);
		}
		return CompletableFuture.completedFuture(Outcome.delivered(0));
	}

	private void sayThatItIsFull(SeriesKey omitted) {
		if (this.saidThatItIsFull.compareAndSet(false, true)) {
			logger.warn(
					("The console keeps %d series of metrics and shows no others, the first of them %s. Look for a tag"
							+ " with many values, or set '%s.max-series'.")
						.formatted(this.store.maxSeries(), omitted, ConsoleProperties.PREFIX));
		}
	}

	private void show() {
		this.waiting.set(false);
		String table = draw();
		if (table != null) {
			logger.info(table);
		}
	}

	private @Nullable String draw() {
		synchronized (this.store) {
			if (!this.store.hasNews()) {
				return null;
			}
			String table = MetricTable.draw(this.store);
			this.store.shown();
			return table;
		}
	}

	/**
	 * Write what still waits for more.
	 */
	@Override
	public void close() {
		if (this.log) {
			show();
		}
	}

}
