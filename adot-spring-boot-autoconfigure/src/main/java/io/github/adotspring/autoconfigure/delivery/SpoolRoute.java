package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.github.adotspring.autoconfigure.spool.SpoolEntry;
import io.github.adotspring.autoconfigure.spool.SpooledPayload;
import io.github.adotspring.autoconfigure.spool.StoreResult;
import org.jspecify.annotations.Nullable;

/**
 * The way past a destination that can't be reached: a payload is tried once, and what
 * does not arrive waits on disk for the {@link Replay}. A payload that is not answered
 * soon is on disk already while it is tried, and so are those that follow at once, until
 * one is answered soon: a slow destination neither fills the SDK's queue nor loses it
 * when the process is killed.
 */
final class SpoolRoute implements Route {

	private static final Duration SOON = Duration.ofSeconds(1);

	private final HttpDestination destination;

	private final Spool spool;

	private final DeliveryExecutor executor;

	private final Breaker breaker;

	private final Replay replay;

	private final Ledger ledger;

	private final QuietLog log;

	private volatile boolean slow;

	SpoolRoute(HttpDestination destination, Spool spool, DeliveryExecutor executor, Breaker breaker, Replay replay,
			Ledger ledger, QuietLog log) {
		this.destination = destination;
		this.spool = spool;
		this.executor = executor;
		this.breaker = breaker;
		this.replay = replay;
		this.ledger = ledger;
		this.log = log;
	}

	@Override
	public CompletableFuture<Outcome> send(Payload payload, long deadline) {
		Sending sending = new Sending(payload);
		Outcome open = this.breaker.open();
		if (open != null) {
			sending.over(open);
		}
		else {
			this.destination.deliver(payload, deadline).thenAccept(sending::tried);
			this.executor.executeAfter(this.slow ? Duration.ZERO : SOON, sending::hold);
		}
		return sending.outcome;
	}

	/**
	 * Take note of what an attempt shows of the destination. One that was not made shows
	 * nothing.
	 */
	private void learn(Outcome attempt) {
		Failure failure = attempt.failure();
		if (failure == null) {
			this.breaker.succeeded();
			this.replay.wake(Duration.ZERO);
		}
		else if (failure.keepsEverythingBack()) {
			this.replay.wake(this.breaker.failed(attempt));
		}
	}

	private StoreResult store(Payload payload, boolean hold) {
		SpooledPayload stored = payload.toStored(this.destination.url().toString());
		StoreResult result = hold ? this.spool.hold(stored) : this.spool.store(stored);
		if (result.problem() != null) {
			this.log.warnOnce(result.problem());
		}
		return result;
	}

	/**
	 * One payload, in memory, on disk, or both.
	 */
	private final class Sending {

		private final Payload payload;

		private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

		private final long start = System.nanoTime();

		private @Nullable SpoolEntry entry;

		private boolean over;

		Sending(Payload payload) {
			this.payload = payload;
		}

		/**
		 * Put the payload on disk beside the attempt that is under way.
		 */
		private synchronized void hold() {
			if (this.over) {
				return;
			}
			if (isLate()) {
				SpoolRoute.this.slow = true;
			}
			try {
				this.entry = store(this.payload, true).entry();
			}
			catch (AwsConfigurationException ex) {
				return;
			}
			if (this.entry != null) {
				this.outcome.complete(Outcome.delivered(0).onDisk());
			}
		}

		private void tried(Outcome attempt) {
			if (attempt.failure() != Failure.TOO_MANY_IN_FLIGHT) {
				SpoolRoute.this.slow = isLate();
			}
			learn(attempt);
			over(attempt);
		}

		private boolean isLate() {
			return System.nanoTime() - this.start >= SOON.toNanos();
		}

		/**
		 * Take note of what became of the attempt. Storing takes the disk, so it happens
		 * on a thread of the delivery as long as there is one.
		 */
		private void over(Outcome attempt) {
			SpoolRoute.this.executor.executeAnyway(() -> settle(attempt));
		}

		private synchronized void settle(Outcome attempt) {
			this.over = true;
			this.outcome.complete((this.entry != null) ? settle(this.entry, attempt) : settleInMemory(attempt));
		}

		private Outcome settleInMemory(Outcome attempt) {
			if (!canBeDeliveredLater(attempt)) {
				return attempt;
			}
			try {
				boolean stored = store(this.payload, false).isStored();
				SpoolRoute.this.replay.wake(SOON);
				return stored ? attempt.onDisk() : attempt;
			}
			catch (AwsConfigurationException ex) {
				return Outcome.failed(Failure.NOT_CONFIGURED, ex.getMessage() + " " + ex.fix());
			}
		}

		private Outcome settle(SpoolEntry entry, Outcome attempt) {
			if (canBeDeliveredLater(attempt) || attempt.failure() == Failure.TOO_LARGE) {
				entry.release();
				SpoolRoute.this.replay.wake(SOON);
				SpoolRoute.this.ledger.retried(attempt);
			}
			else if (entry.remove()) {
				SpoolRoute.this.ledger.sent(this.payload, attempt);
			}
			return attempt;
		}

		private static boolean canBeDeliveredLater(Outcome attempt) {
			return attempt.failure() != null && attempt.failure().canBeDeliveredLater();
		}

	}

}
