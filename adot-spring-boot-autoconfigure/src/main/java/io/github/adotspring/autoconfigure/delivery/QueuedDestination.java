package io.github.adotspring.autoconfigure.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;

/**
 * A destination that a thread waits for. Payloads are sent in their order on threads of
 * the delivery, few at a time so that the other signals have theirs too; the others wait,
 * and no more than may be in flight.
 */
public final class QueuedDestination implements Destination {

	private final Function<Payload, Outcome> sender;

	private final int atATime;

	private final DeliveryProperties properties;

	private final DeliveryExecutor executor;

	private final Queue<Sending> waiting = new ArrayDeque<>();

	private int inFlight;

	private int running;

	/**
	 * Create a new instance.
	 * @param sender sends a payload, and may block for a bounded time
	 * @param atATime payloads that are sent at the same time
	 * @param properties how many may be in flight, and for how long
	 * @param executor has the threads
	 */
	public QueuedDestination(Function<Payload, Outcome> sender, int atATime, DeliveryProperties properties,
			DeliveryExecutor executor) {
		this.sender = sender;
		this.atATime = atATime;
		this.properties = properties;
		this.executor = executor;
	}

	@Override
	public CompletableFuture<Outcome> deliver(Payload payload) {
		Sending sending = new Sending(payload);
		if (!add(sending)) {
			return CompletableFuture.completedFuture(Outcome.failed(Failure.TOO_MANY_IN_FLIGHT,
					"as many batches are on their way as 'management.adot.delivery.max-in-flight' allows"));
		}
		return sending.start();
	}

	private synchronized boolean add(Sending sending) {
		boolean hasPlace = this.inFlight < this.properties.maxInFlight();
		if (hasPlace) {
			this.inFlight++;
			this.waiting.add(sending);
		}
		return hasPlace;
	}

	/**
	 * Send the payload that waits longest, if it is its turn.
	 */
	private void next() {
		Sending sending;
		synchronized (this) {
			sending = (this.running < this.atATime) ? this.waiting.poll() : null;
			this.running += (sending != null) ? 1 : 0;
		}
		if (sending != null) {
			try {
				this.executor.execute(sending);
			}
			catch (RejectedExecutionException ex) {
				sending.giveUp();
				sending.over();
			}
		}
	}

	private synchronized void leave() {
		this.running--;
		this.inFlight--;
	}

	/**
	 * A payload on its way. It holds its place until it is sent, also when nobody waits
	 * for the outcome any more.
	 */
	private final class Sending implements Runnable {

		private final Payload payload;

		private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

		private final Runnable whenClosed = this::giveUp;

		Sending(Payload payload) {
			this.payload = payload;
		}

		CompletableFuture<Outcome> start() {
			QueuedDestination.this.executor.whenClosed(this.whenClosed);
			next();
			long timeout = QueuedDestination.this.properties.timeout().toMillis();
			return this.outcome.completeOnTimeout(Outcome.failed(Failure.TIMEOUT, "not sent within " + timeout + " ms"),
					timeout, TimeUnit.MILLISECONDS);
		}

		@Override
		public void run() {
			Outcome outcome = Outcome.failed(Failure.INVALID, "it could not be sent");
			try {
				outcome = this.outcome.isDone() ? outcome : send();
			}
			finally {
				// In this order: what follows the outcome may need the place.
				over();
				this.outcome.complete(outcome);
			}
		}

		private Outcome send() {
			try {
				return QueuedDestination.this.sender.apply(this.payload);
			}
			catch (RuntimeException | LinkageError ex) {
				return Outcome.failed(Failure.INVALID, ErrorText.clean("it could not be sent: " + ex));
			}
		}

		private void giveUp() {
			this.outcome.complete(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
		}

		private void over() {
			QueuedDestination.this.executor.forget(this.whenClosed);
			leave();
			next();
		}

	}

}
