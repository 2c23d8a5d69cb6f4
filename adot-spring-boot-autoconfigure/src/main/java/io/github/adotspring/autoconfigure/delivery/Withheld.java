package io.github.adotspring.autoconfigure.delivery;

import java.util.Locale;

/**
 * Why an item is not exported although there is a destination: the user said so.
 */
public enum Withheld {

	/** It is one of more log records than management.adot.logging.rate-limit allows. */
	RATE_LIMITED,

	/**
	 * It is a log record of a trace that is not sampled, and
	 * management.adot.logging.only-sampled is on.
	 */
	NOT_SAMPLED;

	/**
	 * The reason in counters and status.
	 * @return the name in lower case
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

}
