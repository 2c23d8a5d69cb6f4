package io.github.adotspring.autoconfigure.sampling;

/**
 * What a sampling rule says of a request.
 */
enum Decision {

	NOT_SAMPLED,

	/** By the rate. */
	BY_RATE,

	/** By the quota, which is a part of the reservoir. */
	BY_QUOTA,

	/** From the reservoir, without a quota. */
	BORROWED

}
