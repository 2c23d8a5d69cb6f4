package io.github.adotspring.autoconfigure.delivery;

import org.jspecify.annotations.Nullable;

/**
 * One destination of a signal with the pipeline that ends there.
 *
 * @param target the destination
 * @param delivery the pipeline
 * @param status what became of the items that were meant for it
 * @param remote how it is reached, {@code null} if it is in the process
 */
record Outlet(ExportTarget target, Delivery delivery, SignalStatus status, @Nullable Remote remote) {

	/**
	 * Whether something is on its way that is nowhere else.
	 */
	boolean isWaitedFor() {
		return (this.remote == null || this.remote.replay() == null) && this.delivery.isBusy();
	}

	int inFlight() {
		return (this.remote != null) ? this.remote.destination().inFlight() : 0;
	}

	void resume() {
		this.delivery.resume();
		if (this.remote != null && this.remote.replay() != null) {
			this.remote.replay().resume();
		}
	}

	/**
	 * Let go of what a checkpoint must not keep.
	 */
	void release() {
		if (this.remote == null) {
			return;
		}
		if (this.remote.replay() != null) {
			this.remote.replay().pause();
		}
		this.remote.destination().release();
	}

}
