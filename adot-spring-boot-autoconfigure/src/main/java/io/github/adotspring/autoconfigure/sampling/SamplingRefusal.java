package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;

/**
 * X-Ray has answered that it does not take a call: it works, but not for this instance
 * now.
 */
final class SamplingRefusal extends IOException {

	private static final long serialVersionUID = 1L;

	SamplingRefusal(String message) {
		super(message);
	}

}
