package io.github.adotspring.autoconfigure.otlp;

import java.util.List;

import io.github.adotspring.autoconfigure.otlp.Split.Part;

/**
 * Makes the requests that a destination takes out of OTLP request messages of one signal.
 * Safe to be used by many threads at once.
 */
public interface MessageSplitter {

	/**
	 * Make few requests that keep the limits of the destination.
	 * @param message an export request of the signal in protobuf, not compressed
	 * @return the requests, not compressed, and what is not in them
	 * @throws java.io.UncheckedIOException if the bytes are not such a message
	 */
	Split split(byte[] message);

	/**
	 * Cut a request that the destination refused as too large into two. A single item is
	 * shortened where that is possible, else dropped.
	 * @param request one of the requests, not compressed
	 * @return two parts, or one shortened or dropped item, or nothing for a request
	 * without items
	 * @throws java.io.UncheckedIOException if the bytes are not such a request
	 */
	Split halve(byte[] request);

	/**
	 * What is still to be sent when no more messages come for now, because the
	 * application stops.
	 * @return requests without items
	 */
	default List<Part> last() {
		return List.of();
	}

}
