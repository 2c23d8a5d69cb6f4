package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.util.List;

/**
 * Rules that someone wrote for this application.
 */
interface LocalRules {

	/**
	 * The rules as they are now.
	 * @throws IOException if they can't be read now; the message says why
	 */
	List<SamplingRule> read() throws IOException;

}
