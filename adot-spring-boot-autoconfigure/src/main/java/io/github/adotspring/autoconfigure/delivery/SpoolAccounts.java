package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.spool.SpoolListener;
import io.github.adotspring.autoconfigure.spool.SpoolLoss;

/**
 * Keeps account of what the spool takes over from others, and of what it gives up.
 */
final class SpoolAccounts implements SpoolListener {

	private final DeliveryStatus status;

	private final QuietLog log;

	SpoolAccounts(DeliveryStatus status, QuietLog log) {
		this.status = status;
		this.log = log;
	}

	@Override
	public void recovered(Signal signal, long items) {
		this.status.of(signal).recovered(items);
	}

	@Override
	public void lost(Signal signal, int items, SpoolLoss reason) {
		this.status.of(signal).count(Result.DROPPED, reason.key(), items);
		this.log.outages(signal).lost(items, reason.key(), "");
	}

}
