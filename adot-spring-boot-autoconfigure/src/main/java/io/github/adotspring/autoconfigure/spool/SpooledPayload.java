package io.github.adotspring.autoconfigure.spool;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, as it would be sent, and what it takes to send it. Headers are
 * not kept, because a signature is made anew for each attempt and credentials don't
 * belong on disk.
 *
 * @param signal the signal that the body belongs to
 * @param destination what tells its destination from others, such as the URL
 * @param items spans, data points or log records in it
 * @param contentEncoding how the body is compressed, {@code null} if it is not
 * @param body the bytes, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares payloads.
public record SpooledPayload(Signal signal, String destination, int items, @Nullable String contentEncoding,
		byte[] body) {

	/**
	 * Create the payload.
	 * @throws IllegalArgumentException if the number of items is negative
	 */
	public SpooledPayload {
		if (items < 0) {
			throw new IllegalArgumentException("A payload can't have " + items + " items");
		}
	}

}
