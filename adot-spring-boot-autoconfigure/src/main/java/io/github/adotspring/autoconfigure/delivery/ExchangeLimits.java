package io.github.adotspring.autoconfigure.delivery;

import java.time.Duration;

/**
 * How often, how long and how much at a time a destination is tried.
 *
 * @param retry when a payload is sent again
 * @param timeout longest time for all attempts of one payload
 * @param requestTimeout longest time for one attempt
 * @param maxRetryAfter longest wait that a server may ask for
 * @param maxInFlight payloads that may be on their way at the same time
 */
record ExchangeLimits(RetrySchedule retry, Duration timeout, Duration requestTimeout, Duration maxRetryAfter,
		int maxInFlight) {

}
