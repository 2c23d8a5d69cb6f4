package io.github.adotspring.autoconfigure.actuate;

import java.util.List;

import io.github.adotspring.autoconfigure.sampling.SamplingExplanation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Which rule would decide on a request, as the endpoint tells it.
 *
 * @param rule name of the rule, {@code null} if none matches
 * @param rules the rules up to that one, in the order they are asked
 */
record SamplingExplanationDescriptor(@Nullable String rule,
		List<SamplingExplanation.Answer> rules) implements OperationResponseBody {

	static SamplingExplanationDescriptor of(SamplingExplanation explanation) {
		return new SamplingExplanationDescriptor(explanation.rule(), explanation.rules());
	}

}
