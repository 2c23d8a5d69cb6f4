package io.github.adotspring.autoconfigure.actuate;

import java.util.List;

import io.github.adotspring.autoconfigure.sampling.SamplingExplanation;
import io.github.adotspring.autoconfigure.tracing.PathExclusions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Which rule would decide on a request, as the endpoint tells it.
 *
 * @param excluded why no rule is asked, {@code null} if rules are
 * @param rule name of the rule, {@code null} if none matches
 * @param rules the rules up to that one, in the order they are asked
 */
record SamplingExplanationDescriptor(@Nullable String excluded, @Nullable String rule,
		List<SamplingExplanation.Answer> rules) implements OperationResponseBody {

	static SamplingExplanationDescriptor of(SamplingExplanation explanation) {
		return new SamplingExplanationDescriptor(null, explanation.rule(), explanation.rules());
	}

	/**
	 * A request that makes no span.
	 * @param pattern what its path matches
	 */
	static SamplingExplanationDescriptor ofExcluded(String pattern) {
		return new SamplingExplanationDescriptor("the path matches '" + pattern + "' of " + PathExclusions.PROPERTY
				+ ", so that the request is never sampled and no rule is asked", null, List.of());
	}

}
