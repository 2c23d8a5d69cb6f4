package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The sampling rules of a region at some time, in the order they are asked.
 */
final class RuleSet {

	private static final Duration MAX_AGE = Duration.ofHours(1);

	private static final Comparator<SamplingRule> ORDER = Comparator.comparingInt(SamplingRule::priority)
		.thenComparing(SamplingRule::name);

	private final SampledService service;

	private final Map<String, RuleState> states;

	/** Those that can match in this process. */
	private final RuleState[] candidates;

	private final long staleAt;

	private RuleSet(SampledService service, Map<String, RuleState> states, Instant readAt) {
		this.service = service;
		this.states = states;
		this.candidates = states.values()
			.stream()
			.filter((state) -> state.matcher().isPossible())
			.toArray(RuleState[]::new);
		this.staleAt = readAt.plus(MAX_AGE).toEpochMilli();
	}

	static RuleSet empty(SampledService service) {
		return new RuleSet(service, Map.of(), Instant.EPOCH);
	}

	/**
	 * The rules as X-Ray has them now. What is known of a rule stays with it: all of it
	 * if the rule is the same, and what it counted in any case.
	 * @param rules the rules, in any order
	 * @param readAt when they were asked for
	 */
	RuleSet renewed(List<SamplingRule> rules, Instant readAt) {
		Map<String, RuleState> states = new LinkedHashMap<>();
		rules.stream().sorted(ORDER).forEach((rule) -> states.putIfAbsent(rule.name(), renewed(rule)));
		return new RuleSet(this.service, states, readAt);
	}

	private RuleState renewed(SamplingRule rule) {
		RuleState before = this.states.get(rule.name());
		return (before != null) ? before.renewed(rule, this.service) : new RuleState(rule, this.service);
	}

	/**
	 * Whether the rules are too old to decide by.
	 * @param now milliseconds since the epoch
	 */
	boolean isStale(long now) {
		return now > this.staleAt;
	}

	@Nullable RuleState match(Attributes attributes) {
		SpanRequest request = new SpanRequest(attributes);
		for (RuleState state : this.candidates) {
			if (state.matcher().matches(request)) {
				return state;
			}
		}
		return null;
	}

	/**
	 * Say of each rule whether it matches; the first that does decides.
	 */
	List<Explanation> explain(Attributes attributes) {
		SpanRequest request = new SpanRequest(attributes);
		return this.states.values()
			.stream()
			.map((state) -> new Explanation(state.rule(), state.matcher().mismatch(request)))
			.toList();
	}

	List<RuleState> states() {
		return List.copyOf(this.states.values());
	}

	@Nullable RuleState state(String rule) {
		return this.states.get(rule);
	}

	/**
	 * What a rule says of a request.
	 *
	 * @param rule the rule
	 * @param mismatch why it does not match, {@code null} if it does
	 */
	record Explanation(SamplingRule rule, @Nullable Mismatch mismatch) {

	}

}
