package io.github.adotspring.autoconfigure.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A destination that is reached by HTTP.
 *
 * @param destination the destination
 * @param address what is said of it
 * @param replay sends what waits on disk for it, {@code null} if nothing does
 */
record Remote(HttpDestination destination, Address address, @Nullable Replay replay) {

}
