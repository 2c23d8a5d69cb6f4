package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.otlp.OtlpSplitter;
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

	private final OtlpSplitter splitter;

	private final Route route;

	private final Ledger ledger;

	private final long timeoutNanos;

	Delivery(Signal signal, OtlpSplitter splitter, Route route, Ledger ledger, Duration timeout) {
		this.signal = signal;
		this.splitter = splitter;
		this.route = route;
		this.ledger = ledger;
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Deliver a message.
	 * @param message an OTLP request message, not compressed
	 * @param compressor compresses the request bodies, {@code null} for none
	 * @return the worst of what became of its parts; never completed exceptionally
	 */
	CompletableFuture<Outcome> deliver(byte[] message, @Nullable Compressor compressor) {
		Sending sending = new Sending(compressor, System.nanoTime() + this.timeoutNanos);
		Split split = this.splitter.split(message);
		this.ledger.received(split);
		return sending.send(split);
	}

	/**
	 * The parts of one message that are still to be sent.
	 */
	private final class Sending {

		private final @Nullable Compressor compressor;

		private final long deadline;

		private final Deque<Payload> waiting = new ArrayDeque<>();

		private int cuts;

		private Outcome worst = Outcome.delivered(0);

		Sending(@Nullable Compressor compressor, long deadline) {
			this.compressor = compressor;
			this.deadline = deadline;
		}

		CompletableFuture<Outcome> send(Split split) {
			split.parts().forEach((part) -> this.waiting.add(payload(part)));
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
			return new Payload(Delivery.this.signal, part.message(), part.items(), this.compressor);
		}

	}

}
