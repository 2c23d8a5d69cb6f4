package io.github.adotspring.autoconfigure.spool;

import org.jspecify.annotations.Nullable;

/**
 * What became of a payload that was given to the spool.
 *
 * @param entry the entry, {@code null} if the payload is not stored
 * @param loss why it is not stored, {@code null} if it is
 * @param problem the same in words for the log, {@code null} if it is
 */
public record StoreResult(@Nullable SpoolEntry entry, @Nullable SpoolLoss loss, @Nullable String problem) {

	static StoreResult stored(SpoolEntry entry) {
		return new StoreResult(entry, null, null);
	}

	static StoreResult refused(SpoolLoss loss, String problem) {
		return new StoreResult(null, loss, problem);
	}

	/**
	 * Whether the payload is on disk.
	 * @return {@code false} if it is refused
	 */
	public boolean isStored() {
		return this.entry != null;
	}

}
