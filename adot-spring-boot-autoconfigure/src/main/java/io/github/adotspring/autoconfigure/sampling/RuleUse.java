package io.github.adotspring.autoconfigure.sampling;

import io.opentelemetry.sdk.trace.samplers.SamplingDecision;

/**
 * For what rules are used here.
 *
 * @param service the service
 * @param unsampled what becomes of spans that are not sampled: they are recorded where
 * anomalies are looked for
 * @param adaptive whether this service is configured for anomalies
 */
record RuleUse(SampledService service, SamplingDecision unsampled, boolean adaptive) {

	static RuleUse of(SampledService service, AdaptiveSettings settings, boolean boosts) {
		return new RuleUse(service, settings.watches(boosts) ? SamplingDecision.RECORD_ONLY : SamplingDecision.DROP,
				settings.isConfigured());
	}

	boolean watches() {
		return this.unsampled == SamplingDecision.RECORD_ONLY;
	}

}
