package io.github.adotspring.autoconfigure.spool;

import io.github.adotspring.autoconfigure.Signal;

/**
 * Told of what a spool takes over from others and of each stored payload that is given
 * up. What is refused at once is said by {@link StoreResult} instead.
 */
public interface SpoolListener {

	/**
	 * Payloads that another spool has left were taken over, or are left to another one.
	 * @param signal the signal they belong to
	 * @param items spans, data points or log records in them, negative if they are left
	 */
	void recovered(Signal signal, long items);

	/**
	 * A payload that was stored will not be delivered. The caller's thread holds the
	 * spool meanwhile, so this should return soon.
	 * @param signal the signal it belonged to
	 * @param items spans, data points or log records in it
	 * @param reason why it is given up
	 */
	void lost(Signal signal, int items, SpoolLoss reason);

}
