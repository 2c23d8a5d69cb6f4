package io.github.adotspring.autoconfigure.sampling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * A decision that tells its rule: by name in the span, and by hash in the trace state,
 * where X-Ray's SDKs look for the rule of a trace. Made once for a rule.
 */
final class RuleResult implements SamplingResult {

	static final AttributeKey<String> RULE = AttributeKey.stringKey("aws.xray.sampling_rule");

	static final AttributeKey<Boolean> ADAPTIVE = AttributeKey.booleanKey("aws.xray.adaptive_sampling_configured");

	static final String TRACE_STATE_KEY = "xrsr";

	private static final int HASH_BYTES = 8;

	private final SamplingDecision decision;

	private final Attributes attributes;

	private final String hash;

	private final TraceState traceState;

	/**
	 * Create a new instance.
	 * @param decision the decision
	 * @param rule name of the rule
	 * @param hash hash of the rule
	 * @param adaptive whether this service is configured for anomalies
	 */
	RuleResult(SamplingDecision decision, String rule, String hash, boolean adaptive) {
		this.decision = decision;
		this.attributes = adaptive ? Attributes.of(RULE, rule, ADAPTIVE, true) : Attributes.of(RULE, rule);
		this.hash = hash;
		this.traceState = TraceState.builder().put(TRACE_STATE_KEY, this.hash).build();
	}

	@Override
	public SamplingDecision getDecision() {
		return this.decision;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public TraceState getUpdatedTraceState(TraceState parent) {
		if (parent.isEmpty()) {
			return this.traceState;
		}
		return this.hash.equals(parent.get(TRACE_STATE_KEY)) ? parent
				: parent.toBuilder().put(TRACE_STATE_KEY, this.hash).build();
	}

	/**
	 * The hash that stands for a rule in trace states.
	 */
	static String hash(String rule) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(rule.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
