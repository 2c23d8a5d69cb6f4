package io.github.adotspring.autoconfigure.delivery;

import java.util.concurrent.CompletableFuture;

/**
 * The way of one signal's payloads to their destination, counted and logged.
 */
final class Delivery {

	private final Destination destination;

	private final SignalStatus status;

	private final QuietLog.Outages outages;

	Delivery(Destination destination, SignalStatus status, QuietLog.Outages outages) {
		this.destination = destination;
		this.status = status;
		this.outages = outages;
	}

	CompletableFuture<Outcome> deliver(Payload payload) {
		return this.destination.deliver(payload).thenApply((outcome) -> {
			this.status.record(payload.items(), outcome);
			this.outages.record(payload.items(), outcome);
			return outcome;
		});
	}

}
