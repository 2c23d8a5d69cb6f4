package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;
import io.github.adotspring.autoconfigure.otlp.Split;

/**
 * Keeps account of every item of a signal, in its status and in the log.
 */
final class Ledger {

	private final Signal signal;

	private final SignalStatus status;

	private final Outages outages;

	private final QuietLog log;

	private final Address address;

	private long queueDrops;

	Ledger(Signal signal, SignalStatus status, QuietLog log, Address address) {
		this.signal = signal;
		this.status = status;
		this.outages = status.isOfDestination() ? log.outagesOfDestination(signal) : log.outages(signal);
		this.log = log;
		this.address = address;
	}

	/**
	 * A message from the SDK, cut to the limits of the destination. What has no value,
	 * such as a timer that measured nothing, is nothing that could be lost.
	 */
	void received(Split split) {
		split.parts().forEach((part) -> this.status.received(part.items()));
		for (Split.Dropped dropped : split.dropped()) {
			if (dropped.reason() == Split.Reason.NO_VALUE) {
				continue;
			}
			this.status.received(dropped.items());
			lost(Result.DROPPED, dropped.reason().key(), dropped.items(), dropped.description());
		}
		shortened(split);
		if (!split.removedAttributes().isEmpty()) {
			this.log.warnOnce("%s are sent without the resource attributes %s, which the destination does not take."
				.formatted(this.signal.displayName(), split.removedAttributes()));
		}
	}

	/**
	 * Items that are sent with fewer bytes than they had.
	 */
	void shortened(Split split) {
		if (split.shortened() > 0) {
			this.status.shortened(split.shortened());
			this.log.warnOnce(("%s that are longer than the destination takes are cut; those have the attribute "
					+ "aws.log.truncated.")
				.formatted(this.signal.displayName()));
		}
	}

	/**
	 * A message that is none, of which nobody knows the items.
	 */
	void unreadable(Outcome outcome) {
		this.status.error(outcome.message(), null);
		this.log.warnOnce(
				"%s are lost%s: %s".formatted(this.signal.displayName(), this.address.where(), outcome.message()));
	}

	/**
	 * Items that the destination finds too large even in a request of their own.
	 */
	void tooLarge(Split split, Outcome outcome) {
		this.status.error(outcome.message(), null);
		for (Split.Dropped dropped : split.dropped()) {
			lost(Result.REJECTED, dropped.reason().key(), dropped.items(),
					dropped.description() + ", " + outcome.message());
		}
	}

	/**
	 * Items that stay on disk after another attempt. One that the end of the application
	 * cut short, or that is cut before the next, says nothing of the destination.
	 */
	void retried(Outcome outcome) {
		if (outcome.failure() == Failure.CLOSED || outcome.failure() == Failure.TOO_LARGE) {
			return;
		}
		String advice = this.address.advice(outcome);
		this.status.error(outcome.message(), advice);
		this.status.failing();
		this.outages.failed(0, outcome.onDisk(), this.address.where(), advice);
	}

	/**
	 * A request, whatever became of it. One that is on disk while it is tried is not over
	 * yet.
	 */
	void sent(Payload payload, Outcome outcome) {
		if (outcome.failure() == null) {
			queueDrops();
			if (!outcome.spooled()) {
				delivered(payload, outcome);
			}
			return;
		}
		if (outcome.failure() == Failure.DRY_RUN) {
			this.status.count(outcome.failure().result(), outcome.failure().key(), payload.items());
			return;
		}
		String advice = this.address.advice(outcome);
		this.status.error(outcome.message(), advice);
		if (!outcome.spooled()) {
			this.status.count(outcome.failure().result(), outcome.failure().key(), payload.items());
		}
		if (outcome.failure() == Failure.TOO_LARGE) {
			this.outages.lost(payload.items(), outcome.failure().key(), outcome.message());
		}
		else {
			this.status.failing();
			this.outages.failed(payload.items(), outcome, this.address.where(), advice);
		}
		// After the failure that fills the queue, so that the log begins with the cause.
		queueDrops();
	}

	/**
	 * Items that came after the end of all series. They are values since the start, of
	 * which the last that arrived lack little, so nobody has to be alarmed.
	 */
	void tooLate(int items) {
		this.status.count(Failure.CLOSED.result(), Failure.CLOSED.key(), items);
	}

	private synchronized void queueDrops() {
		long drops = this.status.queueDrops();
		if (drops > this.queueDrops) {
			this.outages.lost(drops - this.queueDrops, SignalStatus.QUEUE_FULL,
					"the queue of the SDK is full, see 'otel.%s.max.queue.size'"
						.formatted((this.signal == Signal.LOGS) ? "blrp" : "bsp"));
			this.queueDrops = drops;
		}
	}

	private void delivered(Payload payload, Outcome outcome) {
		this.status.delivered(payload.body().length);
		this.outages.delivered();
		PartialSuccess partial = outcome.partialSuccess().atMost(payload.items());
		String message = ErrorText.clean(partial.message());
		this.status.count(Result.EXPORTED, SignalStatus.DELIVERED, payload.items() - partial.rejected());
		if (!message.isEmpty() || partial.rejected() > 0) {
			this.status.error("partial success" + (message.isEmpty() ? "" : ": " + message), null);
		}
		if (partial.isWarning()) {
			this.log.warnOnce("%s are delivered%s, which warns: %s".formatted(this.signal.displayName(),
					this.address.where(), message));
		}
		if (partial.rejected() > 0) {
			partial.reasons().forEach((reason, items) -> this.status.count(Result.REJECTED, reason, items));
			this.outages.lost(partial.reasons(),
					message.isEmpty() ? "rejected without a reason" : "rejected with " + message);
		}
	}

	private void lost(Result result, String reason, long items, String description) {
		this.status.count(result, reason, items);
		this.outages.lost(items, reason, description);
	}

}
