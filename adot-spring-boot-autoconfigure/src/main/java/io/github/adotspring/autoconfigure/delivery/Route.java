package io.github.adotspring.autoconfigure.delivery;

import java.util.concurrent.CompletableFuture;

/**
 * The way of one payload that its destination takes in one request.
 */
@FunctionalInterface
interface Route {

	/**
	 * Bring a payload to its destination, or to where it waits for it.
	 * @param payload the payload
	 * @param deadline when its outcome must be known, as {@link System#nanoTime()}
	 * @return what became of it; never completed exceptionally
	 */
	CompletableFuture<Outcome> send(Payload payload, long deadline);

}
