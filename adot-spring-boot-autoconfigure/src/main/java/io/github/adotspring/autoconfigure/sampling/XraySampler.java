package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.jspecify.annotations.Nullable;

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

	XraySampler(SampledService service, AdaptiveSettings settings, InstantSource clock, DoubleSupplier random) {
		this.clock = clock;
		this.random = random;
		this.rules = RuleSet.empty(service, settings);
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		Span span = Span.fromContext(parentContext);
		SpanContext parent = span.getSpanContext();
		if (!parent.isValid()) {
			return ofRoot(attributes);
		}
		return parent.isRemote() ? ofEntry(parentContext, parent) : ofChild(span, parent.isSampled());
	}

	private SamplingResult ofRoot(Attributes attributes) {
		long now = this.clock.millis();
		RuleSet rules = this.rules;
		RuleState rule = rules.isStale(now) ? null : rules.match(attributes);
		return (rule != null) ? rule.decide(now, this.random) : result(isSampledWithoutRules(now), rules.isWatching());
	}

	private boolean isSampledWithoutRules(long now) {
		return this.fallback.take((int) (now / 1000), FALLBACK_RESERVOIR) || this.random.getAsDouble() < FALLBACK_RATE;
	}

	/**
	 * Another service has decided, by a rule that this one may know too.
	 */
	private SamplingResult ofEntry(Context context, SpanContext parent) {
		RuleSet rules = this.rules;
		String hash = parent.getTraceState().get(RuleResult.TRACE_STATE_KEY);
		RuleState rule = rules.ofHash((hash != null) ? hash : hashInBaggage(context));
		return (rule != null) ? rule.result(parent.isSampled()) : result(parent.isSampled(), rules.isWatching());
	}

	/**
	 * Where the ADOT agent puts it when it writes X-Ray's header, which has no trace
	 * state.
	 */
	private static @Nullable String hashInBaggage(Context context) {
		return Baggage.fromContext(context).getEntryValue(RuleResult.TRACE_STATE_KEY);
	}

	/**
	 * A parent that is not even recorded was to be left out.
	 */
	private SamplingResult ofChild(Span parent, boolean sampled) {
		return result(sampled, !sampled && parent instanceof ReadableSpan && this.rules.isWatching());
	}

	/** These are there already. */
	private static SamplingResult result(boolean sampled, boolean watching) {
		if (sampled) {
			return SamplingResult.recordAndSample();
		}
		return watching ? SamplingResult.recordOnly() : SamplingResult.drop();
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
