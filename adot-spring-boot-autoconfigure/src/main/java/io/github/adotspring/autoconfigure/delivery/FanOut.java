package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The pipelines of one signal, each of which gets every message.
 *
 * @param deliveries the pipelines, at least one
 * @param observer is told every message first
 */
record FanOut(List<Delivery> deliveries, Consumer<byte[]> observer) {

	/**
	 * Deliver a message to all.
	 * @param message an OTLP request message, not compressed
	 * @return the worst of what became of it; never completed exceptionally
	 */
	CompletableFuture<Outcome> deliver(byte[] message) {
		this.observer.accept(message);
		return this.deliveries.stream()
			.map((delivery) -> delivery.deliver(message))
			.reduce((one, other) -> one.thenCombine(other, FanOut::worse))
			.orElseThrow();
	}

	private static Outcome worse(Outcome one, Outcome other) {
		return one.isTaken() ? other : one;
	}

}
