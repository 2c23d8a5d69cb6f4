package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatisticsReport} with statistics for boosts.
 */
class BoostReportTests {

	private static final Instant NOW = VirtualClock.START;

	private final BoostApi api = new BoostApi();

	private RuleSet rules = RuleSet.empty(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE);

	@Test
	void nothingIsSentWhereThereWereNoTraces() {
		rules(1);
		boosts("r0").countAnomaly(false);
		assertThat(new StatisticsReport(this.rules, NOW).isEmpty()).isTrue();
	}

	@Test
	void boostsAreToldThoughNothingWasDecidedHere() {
		rules(2);
		count("r1", 3, 1);
		send();
		assertThat(this.api.boosts)
			.containsExactly(List.of(new BoostStatistics("r1", SamplingRules.SERVICE.name(), NOW, 3, 1, 0)));
		assertThat(this.api.statistics).containsExactly(List.of());
	}

	@Test
	void bothKindsShareCallsOfTwentyFiveAtMost() {
		rules(60);
		for (int i = 0; i < 60; i++) {
			count("r" + i, 1, 0);
		}
		for (int i = 0; i < 30; i++) {
			this.rules.state("r" + i).decide(0, () -> 0.5);
		}
		send();
		assertThat(this.api.boosts).extracting(List::size).containsExactly(25, 25, 10);
		assertThat(this.api.statistics).extracting(List::size).containsExactly(25, 5, 0);
	}

	@Test
	void whatACallThatFailsHadIsToldTheNextTime() {
		rules(1);
		count("r0", 3, 2);
		this.api.down = true;
		assertThat(send().error()).isEqualTo("no answer");
		count("r0", 1, 1);
		this.api.down = false;
		assertThat(send().error()).isNull();
		assertThat(this.api.boosts)
			.containsExactly(List.of(new BoostStatistics("r0", SamplingRules.SERVICE.name(), NOW, 4, 3, 0)));
	}

	@Test
	void whatIsNotTakenIsToldTheNextTimeAndTheRestIsNot() {
		rules(2);
		count("r0", 1, 0);
		count("r1", 2, 1);
		this.api.unprocessed.add("r1");
		assertThat(send().error()).contains("r1", "Code", "why");
		this.api.unprocessed.clear();
		send();
		assertThat(this.api.boosts.get(1))
			.containsExactly(new BoostStatistics("r1", SamplingRules.SERVICE.name(), NOW, 2, 1, 0));
	}

	@Test
	void countsOfARuleStayWithItAndAreNotToldWhileItHasNoBoost() {
		rules(1);
		count("r0", 1, 1);
		this.rules = this.rules.renewed(List.of(SamplingRules.rule("r0", 1, 0, 0)), NOW);
		assertThat(new StatisticsReport(this.rules, NOW).isEmpty()).isTrue();
		rules(1);
		send();
		assertThat(this.api.boosts.get(0)).extracting(BoostStatistics::anomalies).containsExactly(1L);
	}

	@Test
	void serviceWithoutANameIsCalledDefault() {
		this.rules = RuleSet.empty(new SampledService(null, null, null), SamplingRules.NOT_ADAPTIVE);
		rules(1);
		count("r0", 1, 0);
		send();
		assertThat(this.api.boosts.get(0)).extracting(BoostStatistics::service).containsExactly("default");
	}

	private StatisticsReport send() {
		StatisticsReport report = new StatisticsReport(this.rules, NOW);
		report.send(this.api, "c0ffee");
		return report;
	}

	private void rules(int count) {
		List<SamplingRule> rules = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			rules.add(new SamplingRule("r" + i, 1, 0, 0, "*", "*", "*", "*", "*", "*", Map.of(),
					new SamplingRule.Boost(1, Duration.ZERO, true)));
		}
		this.rules = this.rules.renewed(rules, NOW);
	}

	private void count(String rule, int traces, int anomalies) {
		for (int i = 0; i < traces; i++) {
			boosts(rule).countTrace();
		}
		for (int i = 0; i < anomalies; i++) {
			boosts(rule).countAnomaly(false);
		}
	}

	private BoostCounts boosts(String rule) {
		return this.rules.state(rule).boosts();
	}

	private static final class BoostApi implements SamplingApi {

		private final List<List<RuleStatistics>> statistics = new ArrayList<>();

		private final List<List<BoostStatistics>> boosts = new ArrayList<>();

		private final Set<String> unprocessed = new HashSet<>();

		private boolean down;

		@Override
		public List<SamplingRule> rules() {
			return List.of();
		}

		@Override
		public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
				throws IOException {
			if (this.down) {
				throw new IOException("no answer");
			}
			this.statistics.add(statistics);
			this.boosts.add(boosts);
			return new Targets(List.of(), null, List.of(),
					this.unprocessed.stream().map((rule) -> new Unprocessed(rule, "Code", "why")).toList());
		}

	}

}
