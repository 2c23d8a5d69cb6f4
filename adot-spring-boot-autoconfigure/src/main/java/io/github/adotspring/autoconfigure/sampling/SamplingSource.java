package io.github.adotspring.autoconfigure.sampling;

/**
 * Where sampling rules come from.
 *
 * @param api gives them
 * @param description what it is, for people
 */
record SamplingSource(SamplingApi api, String description) {

}
