package io.github.adotspring.autoconfigure.spool;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stored payload that belongs to the caller, until it removes or releases it. Nobody
 * else is given it meanwhile, and it is neither evicted nor expired.
 */
public final class SpoolEntry {

	private final Spool spool;

	private final SpooledFile file;

	private final SpooledPayload payload;

	private final AtomicBoolean claimed = new AtomicBoolean(true);

	SpoolEntry(Spool spool, SpooledFile file, SpooledPayload payload) {
		this.spool = spool;
		this.file = file;
		this.payload = payload;
	}

	/**
	 * The payload, which stays in memory as long as the entry.
	 * @return the payload
	 */
	public SpooledPayload payload() {
		return this.payload;
	}

	/**
	 * When it was stored, in milliseconds of the clock of the process that did.
	 * @return the time
	 */
	public Instant storedAt() {
		return this.file.name().storedAt();
	}

	/**
	 * Whether it was left by another spool, most often that of a process which ended.
	 * @return {@code false} if this spool stored it
	 */
	public boolean recovered() {
		return this.file.directory().isAdopted();
	}

	/**
	 * Delete it, because it is delivered or is refused for good. Nothing happens if it no
	 * longer belongs to the caller or the spool is closed.
	 * @return {@code false} if it stays, for the next spool on the directory
	 */
	public boolean remove() {
		return this.claimed.getAndSet(false) && this.spool.remove(this.file);
	}

	/**
	 * Give it back, to be tried again later. Nothing happens if it no longer belongs to
	 * the caller or the spool is closed.
	 */
	public void release() {
		if (this.claimed.getAndSet(false)) {
			this.spool.release(this.file);
		}
	}

}
