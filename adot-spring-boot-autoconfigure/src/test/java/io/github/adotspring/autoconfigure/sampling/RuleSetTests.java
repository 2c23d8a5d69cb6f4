package io.github.adotspring.autoconfigure.sampling;

import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleSetTests {

	private static final Attributes CART = Attributes.of(AttributeKey.stringKey("url.path"), "/cart");

	private final RuleSet empty = RuleSet.empty(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE);

	@Test
	void firstByPriorityThenNameDecides() {
		RuleSet rules = renewed(this.empty, SamplingRules.rule("Default", 10000, 0, 1),
				SamplingRules.ofPath("b", 5, "/cart"), SamplingRules.ofPath("a", 5, "/c*"),
				SamplingRules.ofPath("other", 1, "/other"));
		assertThat(rules.states()).extracting((state) -> state.rule().name())
			.containsExactly("other", "a", "b", "Default");
		assertThat(rules.match(CART).rule().name()).isEqualTo("a");
		assertThat(rules.match(Attributes.empty()).rule().name()).isEqualTo("Default");
	}

	@Test
	void ruleOfAnotherServiceIsNotAsked() {
		RuleSet rules = renewed(this.empty, SamplingRules.ofService("cart", "*", "*"));
		assertThat(rules.match(CART)).isNull();
		assertThat(rules.explain(CART)).singleElement()
			.satisfies((explanation) -> assertThat(explanation.mismatch())
				.isEqualTo(new Mismatch("ServiceName", "cart", "shop")));
	}

	@Test
	void sameRuleKeepsItsState() {
		RuleSet before = renewed(this.empty, SamplingRules.rule("a", 1, 0.5, 1));
		RuleSet after = renewed(before, SamplingRules.rule("new", 2, 0, 0), SamplingRules.rule("a", 1, 0.5, 1));
		assertThat(after.state("a")).isSameAs(before.state("a"));
	}

	@Test
	void changedRuleKeepsItsCountsAlsoOfThreadsThatHaveTheOld() {
		RuleSet before = renewed(this.empty, SamplingRules.rule("a", 1, 0.5, 0));
		before.state("a").decide(0, () -> 0);
		RuleSet after = renewed(before, SamplingRules.rule("a", 1, 0.1, 0));
		before.state("a").decide(0, () -> 0.9);
		after.state("a").decide(0, () -> 0.4);
		assertThat(after.state("a").take(VirtualClock.START))
			.isEqualTo(new RuleStatistics("a", VirtualClock.START, 3, 1, 0));
	}

	@Test
	void removedRuleIsForgotten() {
		RuleSet after = renewed(renewed(this.empty, SamplingRules.rule("a", 1, 0.5, 0)));
		assertThat(after.state("a")).isNull();
		assertThat(after.states()).isEmpty();
	}

	@Test
	void rulesAreStaleAfterAnHour() {
		RuleSet rules = renewed(this.empty, SamplingRules.rule("a", 1, 0.5, 0));
		assertThat(rules.isStale(VirtualClock.START.plusSeconds(3600).toEpochMilli())).isFalse();
		assertThat(rules.isStale(VirtualClock.START.plusSeconds(3601).toEpochMilli())).isTrue();
		assertThat(this.empty.isStale(VirtualClock.START.toEpochMilli())).isTrue();
	}

	private static RuleSet renewed(RuleSet before, SamplingRule... rules) {
		return before.renewed(List.of(rules), VirtualClock.START);
	}

}
