package io.github.adotspring.autoconfigure.delivery;

/**
 * A destination that is reached by HTTP.
 *
 * @param destination the destination
 * @param address what is said of it
 */
record Remote(HttpDestination destination, Address address) {

}
