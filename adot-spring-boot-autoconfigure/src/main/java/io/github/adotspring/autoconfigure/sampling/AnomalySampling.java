package io.github.adotspring.autoconfigure.sampling;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

import io.opentelemetry.sdk.trace.ReadableSpan;

/**
 * Looks at spans that end for anomalies. They are counted for the rule of their trace if
 * X-Ray may boost it, each trace once; and traces that are not sampled are captured from
 * the span on that shows the anomaly.
 */
final class AnomalySampling {

	private static final int COUNTED = 1;

	private static final int ANOMALY = 2;

	private static final int CAPTURED = 4;

	private static final int REFUSED = 8;

	/** Of a trace id; the first half has the time in it. */
	private static final int RANDOM_HALF = 16;

	private static final int HEXADECIMAL = 16;

	private final AdaptiveSettings settings;

	private final AnomalyConditions conditions;

	private final XraySampler sampler;

	private final InstantSource clock;

	private final RecentTraces traces;

	private final SecondBudget budget = new SecondBudget();

	private final LongAdder captured = new LongAdder();

	private final LongAdder overLimit = new LongAdder();

	AnomalySampling(AdaptiveSettings settings, XraySampler sampler, InstantSource clock) {
		this.settings = settings;
		this.conditions = (settings.local() != null) ? settings.local().conditions() : AnomalyConditions.byDefault();
		this.sampler = sampler;
		this.clock = clock;
		this.traces = new RecentTraces(settings.maxTraces(), settings.traceTime(), clock.millis());
	}

	/**
	 * Look at a span that ends.
	 * @return whether it belongs to what is captured, though it is not sampled
	 */
	boolean captures(ReadableSpan span) {
		RuleSet rules = this.sampler.rules();
		if (!rules.isWatching()) {
			return false;
		}
		RuleState rule = rules.ofHash(span.getSpanContext().getTraceState().get(RuleResult.TRACE_STATE_KEY));
		boolean faults = rule == null || rule.countsFaults();
		long trace = Long.parseUnsignedLong(span.getSpanContext().getTraceId(), RANDOM_HALF, 2 * RANDOM_HALF,
				HEXADECIMAL);
		long now = this.clock.millis();
		if (rule != null && rule.canBeBoosted()) {
			count(span, trace, rule.boosts(), faults, now);
		}
		return this.settings.local() != null && !span.getSpanContext().isSampled()
				&& isCaptured(span, trace, this.settings.local(), faults, now);
	}

	private void count(ReadableSpan span, long trace, BoostCounts counts, boolean faults, long now) {
		if (this.traces.mark(trace, COUNTED, now)) {
			counts.countTrace();
		}
		if (!this.traces.isMarked(trace, ANOMALY) && this.conditions.match(span, AnomalyUse.SAMPLING_BOOST, faults)
				&& this.traces.mark(trace, ANOMALY, now)) {
			counts.countAnomaly(span.getSpanContext().isSampled());
		}
	}

	private boolean isCaptured(ReadableSpan span, long trace, AdaptiveSettings.Local local, boolean faults, long now) {
		if (this.traces.isMarked(trace, CAPTURED)) {
			return true;
		}
		if (!this.conditions.match(span, AnomalyUse.ANOMALY_TRACE_CAPTURE, faults)) {
			return false;
		}
		if (!this.budget.take((int) (now / 1000), local.tracesPerSecond())) {
			if (this.traces.mark(trace, REFUSED, now)) {
				this.overLimit.increment();
			}
			return false;
		}
		if (this.traces.mark(trace, CAPTURED, now)) {
			this.captured.increment();
		}
		return true;
	}

	/**
	 * Describe this.
	 */
	SamplingStatus.Adaptive status() {
		return new SamplingStatus.Adaptive(this.settings.isConfigured(), this.sampler.rules().isWatching(),
				this.captured.sum(), this.overLimit.sum(), this.traces.forgotten());
	}

}
