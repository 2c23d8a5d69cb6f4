package io.github.adotspring.autoconfigure.tracing;

import org.jspecify.annotations.Nullable;

/**
 * Tells which requests make no spans because of their paths, whatever the sampler.
 */
public interface PathExclusions {

	/** The property that excludes paths. */
	String PROPERTY = TracingProperties.PREFIX + ".excluded-paths";

	/**
	 * The first pattern that excludes a path.
	 * @param path path of a request
	 * @return the pattern, {@code null} if the path is not excluded
	 */
	@Nullable String patternFor(String path);

}
