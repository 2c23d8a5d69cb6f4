package io.github.adotspring.autoconfigure.sampling;

/**
 * What a sampling rule says of a request.
 */
enum Decision {

	NOT_SAMPLED,

	/** By the quota or the rate. */
	SAMPLED,

	/** From the reservoir, without a quota. */
	BORROWED

}
