package io.github.adotspring.autoconfigure.delivery;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.github.adotspring.autoconfigure.spool.SpoolEntry;
import io.github.adotspring.autoconfigure.spool.SpooledPayload;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits on disk for a destination, oldest first and one at a time, so that
 * fresh payloads always find room beside it. A failure makes it wait, longer each time;
 * it does not keep fresh payloads from being tried.
 */
final class Replay {

	private final Signal signal;

	private final HttpDestination destination;

	private final Spool spool;

	private final DeliveryExecutor executor;

	private final MessageSplitter splitter;

	private final Breaker breaker;

	private final RetrySchedule retry;

	private final Ledger ledger;

	private final @Nullable Compressor compressor;

	/**
	 * How often somebody asked for it since it began; nobody runs it while it is zero.
	 * Another object after each pause, so that nothing of before goes on, and
	 * {@code null} in a pause.
	 */
	private volatile @Nullable AtomicInteger asked = new AtomicInteger();

	private int failures;

	Replay(Signal signal, HttpDestination destination, Spool spool, DeliveryExecutor executor, MessageSplitter splitter,
			Breaker breaker, RetrySchedule retry, Ledger ledger, @Nullable Compressor compressor) {
		this.signal = signal;
		this.destination = destination;
		this.spool = spool;
		this.executor = executor;
		this.splitter = splitter;
		this.breaker = breaker;
		this.retry = retry;
		this.ledger = ledger;
		this.compressor = compressor;
	}

	/**
	 * Begin after a delay, unless it runs already.
	 */
	void wake(Duration delay) {
		AtomicInteger asked = this.asked;
		if (asked != null && asked.getAndIncrement() == 0) {
			plan(delay, asked);
		}
	}

	/**
	 * Send nothing more before it is resumed. It opens the spool no more once this
	 * returns.
	 */
	synchronized void pause() {
		this.asked = null;
	}

	/**
	 * Begin anew, whatever was planned before.
	 */
	void resume() {
		this.asked = new AtomicInteger();
		wake(Duration.ZERO);
	}

	private void plan(Duration delay, AtomicInteger asked) {
		this.executor.executeAfter(delay, () -> next(asked));
	}

	private void next(AtomicInteger asked) {
		int seen = asked.get();
		SpoolEntry entry = oldest(asked);
		if (entry != null) {
			Payload payload = Payload.ofBody(entry.payload());
			this.destination.deliverOnce(payload)
				.thenAccept((outcome) -> this.executor.executeAnyway(() -> sent(asked, entry, payload, outcome)));
		}
		else if (asked == this.asked && !asked.compareAndSet(seen, 0)) {
			next(asked);
		}
	}

	private synchronized @Nullable SpoolEntry oldest(AtomicInteger asked) {
		if (asked != this.asked) {
			return null;
		}
		try {
			return this.spool.oldest(this.signal, this.destination.url().toString());
		}
		catch (AwsConfigurationException ex) {
			return null;
		}
	}

	private void sent(AtomicInteger asked, SpoolEntry entry, Payload payload, Outcome outcome) {
		Failure failure = outcome.failure();
		if (failure != null && failure.canBeDeliveredLater()) {
			entry.release();
			this.ledger.retried(outcome);
			again(asked, outcome);
			return;
		}
		Runnable accounts = (failure == Failure.TOO_LARGE) ? cut(entry.payload(), payload, outcome)
				: () -> this.ledger.sent(payload, outcome);
		if (!entry.remove()) {
			// It stays where the next start finds it, and has its end there.
			return;
		}
		accounts.run();
		if (outcome.isDelivered()) {
			this.breaker.succeeded();
		}
		this.failures = 0;
		next(asked);
	}

	private void again(AtomicInteger asked, Outcome outcome) {
		this.failures++;
		plan(this.retry.waitAfter(this.failures, outcome), asked);
	}

	/**
	 * Store the halves of a payload.
	 * @return keeps account of what has its end with that
	 */
	private Runnable cut(SpooledPayload stored, Payload payload, Outcome outcome) {
		Split halves;
		try {
			halves = this.splitter.halve(payload.message());
		}
		catch (UncheckedIOException ex) {
			// Compressed in a way that only the destination can read.
			return () -> this.ledger.sent(payload, outcome);
		}
		List<Payload> refused = halves.parts()
			.stream()
			.map((part) -> new Payload(this.signal, part.message(), part.items(), this.compressor))
			.filter((half) -> !this.spool.store(half.toStored(stored.destination())).isStored())
			.toList();
		return () -> {
			this.ledger.shortened(halves);
			this.ledger.tooLarge(halves, outcome);
			refused.forEach((half) -> this.ledger.sent(half, outcome));
		};
	}

}
