package io.github.adotspring.autoconfigure.propagation;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeferredDecisionSampler}.
 */
class DeferredDecisionSamplerTests {

	@ParameterizedTest
	@CsvSource({ "'', RECORD_AND_SAMPLE", "Sampled=?, RECORD_AND_SAMPLE", "Sampled=1, DROP", "Sampled=0, DROP",
			"Parent=53995c3f42cd8ad8, RECORD_AND_SAMPLE", "Parent=53995c3f42cd8ad8;Sampled=?, RECORD_AND_SAMPLE",
			"Parent=53995c3f42cd8ad8;Sampled=1, DROP", "Parent=53995c3f42cd8ad8;Sampled=0, DROP" })
	void decidesAsAtTheRootOnlyWhatIsLeftToIt(String rest, SamplingDecision decision) {
		Sampler rootsOnly = Sampler.parentBasedBuilder(Sampler.alwaysOn())
			.setRemoteParentSampled(Sampler.alwaysOff())
			.build();
		Context parent = XrayPropagator.getInstance()
			.extract(Context.root(), "Root=1-5759e988-bd862e3fe1be46a994272793;" + rest);
		assertThat(new DeferredDecisionSampler(rootsOnly)
			.shouldSample(parent, "5759e988bd862e3fe1be46a994272793", "GET /", SpanKind.SERVER, Attributes.empty(),
					List.of())
			.getDecision()).isEqualTo(decision);
	}

}
