package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Looks for one platform.
 */
interface Detector {

	/**
	 * Why the platform is not looked for. It is decided by what is local, on the thread
	 * that starts the application.
	 * @return the reason, {@code null} if something local says that this is the platform
	 */
	@Nullable String absence();

	/**
	 * Find out what the platform says of the process. It may ask the network.
	 * @param client for that, bounded in time and size
	 * @return what was found
	 * @throws IOException if the platform does not answer, or not as it should
	 */
	Findings detect(MetadataClient client) throws IOException;

	/**
	 * What to think of where the platform does not answer at all.
	 * @return the rest of a sentence, empty if there is nothing to say
	 */
	default String adviceOnSilence() {
		return "";
	}

}
