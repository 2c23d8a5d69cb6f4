package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * The way of one signal's messages to their destination: cut into requests that it takes,
 * sent one after the other, and every item accounted for.
 */
final class Delivery {

	/**
	 * How often one message is cut again because the destination finds it too large. It
	 * is enough to find some items in a thousand that it does not take, and ends with a
	 * destination that finds everything too large.
	 */
	private static final int MAX_CUTS = 64;

	private final Signal signal;

	private final MessageSplitter splitter;

	private final Route route;

	private final @Nullable Compressor compressor;

	private final Ledger ledger;

	private final long timeoutNanos;

	private final AtomicInteger underWay = new AtomicInteger();

	private volatile boolean ended;

	/**
	 * Create a new instance.
	 * @param signal the signal
	 * @param splitter makes the requests of the destination
	 * @param route brings them there
	 * @param compressor compresses the request bodies, {@code null} for none
	 * @param ledger keeps account
	 * @param timeout when the outcome of a request must be known
	 */
	Delivery(Signal signal, MessageSplitter splitter, Route route, @Nullable Compressor compressor, Ledger ledger,
			Duration timeout) {
		this.signal = signal;
		this.splitter = splitter;
		this.route = route;
		this.compressor = compressor;
		this.ledger = ledger;
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Deliver a message.
	 * @param message an OTLP request message, not compressed
	 * @return the worst of what became of its parts; never completed exceptionally
	 */
	CompletableFuture<Outcome> deliver(byte[] message) {
		Split split;
		try {
			split = this.splitter.split(message);
		}
		catch (RuntimeException ex) {
			Outcome unreadable = Outcome.failed(Failure.INVALID,
					ErrorText.clean("the message could not be made into requests: " + ex));
			this.ledger.unreadable(unreadable);
			return CompletableFuture.completedFuture(unreadable);
		}
		this.ledger.received(split);
		if (this.ended) {
			split.parts().forEach((part) -> this.ledger.tooLate(part.items()));
			return CompletableFuture
				.completedFuture(Outcome.failed(Failure.CLOSED, "the application is shutting down"));
		}
		return send(split.parts());
	}

	private CompletableFuture<Outcome> send(List<Split.Part> parts) {
		this.underWay.incrementAndGet();
		return new Sending(System.nanoTime() + this.timeoutNanos).send(parts)
			.whenComplete((outcome, error) -> this.underWay.decrementAndGet());
	}

	/**
	 * Tell a destination that wants to know it that no more comes for now. What still
	 * comes would belie that and is dropped: mostly what the SDK tells once more when it
	 * is closed.
	 */
	void end() {
		List<Split.Part> last = this.splitter.last();
		if (!last.isEmpty()) {
			this.ended = true;
			send(last);
		}
	}

	/**
	 * Take messages again after an end.
	 */
	void resume() {
		this.ended = false;
	}

	/**
	 * Whether a message is under way.
	 */
	boolean isBusy() {
		return this.underWay.get() > 0;
	}

	/**
	 * The parts of one message that are still to be sent.
	 */
	private final class Sending {

		private final long deadline;

		private final Deque<Payload> waiting = new ArrayDeque<>();

		private int cuts;

		private Outcome worst = Outcome.delivered(0);

		Sending(long deadline) {
			this.deadline = deadline;
		}

		CompletableFuture<Outcome> send(List<Split.Part> parts) {
			parts.forEach((part) -> this.waiting.add(payload(part)));
			return next();
		}

		private CompletableFuture<Outcome> next() {
			Payload payload = this.waiting.poll();
			return (payload != null)
					? Delivery.this.route.send(payload, this.deadline).thenCompose((outcome) -> sent(payload, outcome))
					: CompletableFuture.completedFuture(this.worst);
		}

		private CompletableFuture<Outcome> sent(Payload payload, Outcome outcome) {
			if (outcome.failure() == Failure.TOO_LARGE && this.cuts < MAX_CUTS) {
				this.cuts++;
				cut(payload, outcome);
			}
			else {
				Delivery.this.ledger.sent(payload, outcome);
				worst(outcome);
			}
			return next();
		}

		private void cut(Payload payload, Outcome outcome) {
			Split halves = Delivery.this.splitter.halve(payload.message());
			for (int i = halves.parts().size() - 1; i >= 0; i--) {
				this.waiting.addFirst(payload(halves.parts().get(i)));
			}
			Delivery.this.ledger.shortened(halves);
			if (!halves.dropped().isEmpty()) {
				Delivery.this.ledger.tooLarge(halves, outcome);
				worst(outcome);
			}
		}

		private void worst(Outcome outcome) {
			if (this.worst.isDelivered() || this.worst.spooled()) {
				this.worst = outcome;
			}
		}

		private Payload payload(Split.Part part) {
			return new Payload(Delivery.this.signal, part.message(), part.items(), Delivery.this.compressor);
		}

	}

}
