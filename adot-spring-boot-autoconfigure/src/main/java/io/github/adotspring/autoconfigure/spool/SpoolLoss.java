package io.github.adotspring.autoconfigure.spool;

import java.util.Locale;

/**
 * Why the spool does not keep a payload.
 */
public enum SpoolLoss {

	/**
	 * The directory holds as much as it may.
	 */
	SPOOL_FULL,

	/**
	 * The payload waited longer than it may.
	 */
	SPOOL_EXPIRED,

	/**
	 * The file is gone, cut short, changed or can't be read.
	 */
	SPOOL_CORRUPT,

	/**
	 * The payload could not be written: the disk is full, the directory is not writable
	 * or not private, or the spool is closed.
	 */
	SPOOL_UNAVAILABLE;

	/**
	 * The name in counters and reports that a machine reads.
	 * @return the name in lower case
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

}
