package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The sampling rules of a region at some time, in the order they are asked.
 */
final class RuleSet {

	private static final Duration MAX_AGE = Duration.ofHours(1);

	private static final Comparator<SamplingRule> ORDER = Comparator.comparingInt(SamplingRule::priority)
		.thenComparing(SamplingRule::name);

	private final AdaptiveSettings settings;

	private final RuleUse use;

	private final Map<String, RuleState> states;

	private final Map<String, RuleState> byHash;

	/** Those that can match in this process. */
	private final RuleState[] candidates;

	private final long staleAt;

	private RuleSet(AdaptiveSettings settings, RuleUse use, Map<String, RuleState> states, Instant readAt) {
		this.settings = settings;
		this.use = use;
		this.states = states;
		this.byHash = states.values()
			.stream()
			.collect(Collectors.toMap(RuleState::hash, Function.identity(), (first, second) -> first));
		this.candidates = states.values()
			.stream()
			.filter((state) -> state.matcher().isPossible())
			.toArray(RuleState[]::new);
		this.staleAt = readAt.plus(MAX_AGE).toEpochMilli();
	}

	static RuleSet empty(SampledService service, AdaptiveSettings settings) {
		return new RuleSet(settings, RuleUse.of(service, settings, false), Map.of(), Instant.EPOCH);
	}

	/**
	 * The rules as X-Ray has them now. What is known of a rule stays with it: all of it
	 * if the rule is the same, and what it counted in any case.
	 * @param rules the rules, in any order
	 * @param readAt when they were asked for
	 */
	RuleSet renewed(List<SamplingRule> rules, Instant readAt) {
		boolean boosts = rules.stream().anyMatch((rule) -> rule.boost() != null);
		RuleUse use = RuleUse.of(this.use.service(), this.settings, boosts);
		Map<String, RuleState> states = new LinkedHashMap<>();
		rules.stream().sorted(ORDER).forEach((rule) -> states.putIfAbsent(rule.name(), renewed(rule, use)));
		return new RuleSet(this.settings, use, states, readAt);
	}

	private RuleState renewed(SamplingRule rule, RuleUse use) {
		RuleState before = this.states.get(rule.name());
		return (before != null) ? before.renewed(rule, use) : new RuleState(rule, use);
	}

	/**
	 * Whether spans that are not sampled are looked at for anomalies.
	 */
	boolean isWatching() {
		return this.use.watches();
	}

	/**
	 * The rule that has decided on a trace, {@code null} if that is not known here.
	 * @param hash what the trace says of it
	 */
	@Nullable RuleState ofHash(@Nullable String hash) {
		return (hash != null) ? this.byHash.get(hash) : null;
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

	SampledService service() {
		return this.use.service();
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
