package io.github.adotspring.autoconfigure.sampling;

import org.jspecify.annotations.Nullable;

/**
 * Tells how sampling by X-Ray's rules goes.
 */
public interface SamplingReport {

	/**
	 * The rules and what was decided by them.
	 * @return the status, {@code null} if X-Ray's rules are not what decides
	 */
	@Nullable SamplingStatus status();

	/**
	 * Which rule would decide on a request.
	 * @param method method of the request, {@code null} for none
	 * @param path path of the request, {@code null} for none
	 * @param host host that is asked, {@code null} for none
	 * @return what each rule says of it, {@code null} if X-Ray's rules are not what
	 * decides
	 */
	@Nullable SamplingExplanation explain(@Nullable String method, @Nullable String path, @Nullable String host);

}
