package io.github.adotspring.autoconfigure.delivery;

import java.util.concurrent.CompletableFuture;

/**
 * Where payloads of a signal end: an HTTP endpoint, or something in the process. A
 * destination does not block, does not throw, and answers every payload.
 */
public interface Destination {

	/**
	 * Take a payload.
	 * @param payload the payload
	 * @return what became of it; never completed exceptionally
	 */
	CompletableFuture<Outcome> deliver(Payload payload);

}
