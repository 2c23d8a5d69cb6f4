package io.github.adotspring.autoconfigure.sampling;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which rule would decide on a request, and why those before it don't.
 *
 * @param rule name of the rule, {@code null} if none matches or there are none
 * @param rules the rules up to that one, in the order they are asked
 */
public record SamplingExplanation(@Nullable String rule, List<Answer> rules) {

	/**
	 * What a rule says of the request.
	 *
	 * @param name name of the rule
	 * @param priority the lower, the earlier the rule is asked
	 * @param matches whether it matches
	 * @param reason why it doesn't, {@code null} if it does
	 */
	public record Answer(String name, int priority, boolean matches, @Nullable String reason) {

	}

}
