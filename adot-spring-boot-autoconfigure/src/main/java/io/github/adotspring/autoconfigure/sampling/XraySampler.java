package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Samples by the rules of X-Ray. A span that has a parent does as the parent does, and no
 * rule is asked; only roots are counted. While there are no rules, or only old ones, one
 * request a second and five percent are sampled, which is X-Ray's default.
 */
final class XraySampler implements Sampler {

	private static final int FALLBACK_RESERVOIR = 1;

	private static final double FALLBACK_RATE = 0.05;

	private final InstantSource clock;

	private final DoubleSupplier random;

	private final SecondBudget fallback = new SecondBudget();

	private volatile RuleSet rules;

	XraySampler(SampledService service, InstantSource clock, DoubleSupplier random) {
		this.clock = clock;
		this.random = random;
		this.rules = RuleSet.empty(service);
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		SpanContext parent = Span.fromContext(parentContext).getSpanContext();
		if (parent.isValid()) {
			return result(parent.isSampled());
		}
		return ofRoot(attributes);
	}

	private SamplingResult ofRoot(Attributes attributes) {
		long now = this.clock.millis();
		RuleSet rules = this.rules;
		RuleState rule = rules.isStale(now) ? null : rules.match(attributes);
		return (rule != null) ? rule.decide(now, this.random) : result(isSampledWithoutRules(now));
	}

	private boolean isSampledWithoutRules(long now) {
		return this.fallback.take((int) (now / 1000), FALLBACK_RESERVOIR) || this.random.getAsDouble() < FALLBACK_RATE;
	}

	/** These two are there already. */
	private static SamplingResult result(boolean sampled) {
		return sampled ? SamplingResult.recordAndSample() : SamplingResult.drop();
	}

	/**
	 * Take rules into use. For one thread.
	 */
	void renewRules(List<SamplingRule> rules, Instant readAt) {
		this.rules = this.rules.renewed(rules, readAt);
	}

	RuleSet rules() {
		return this.rules;
	}

	@Override
	public String getDescription() {
		return "XraySampler";
	}

}
