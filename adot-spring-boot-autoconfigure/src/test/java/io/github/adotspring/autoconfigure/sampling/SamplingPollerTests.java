package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingPollerTests {

	private static final Instant START = VirtualClock.START;

	private static final Instant RETRY = START.plusMillis(12_010);

	private final VirtualClock clock = new VirtualClock();

	private final ScriptedApi api = new ScriptedApi();

	private final RecordingLog log = new RecordingLog();

	private final XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, this.clock,
			() -> 0.5);

	private final SamplingPoller poller = new SamplingPoller(this.api, this.sampler, "c0ffee", this.clock, () -> 0.5,
			this.log);

	@Test
	void rulesAreReadAtOnceAndEachFiveMinutesWithJitter() {
		runUntil(START.plusSeconds(700));
		assertThat(this.api.rulesReadAt).containsExactly(START, START.plusMillis(301_500), START.plusMillis(603_000));
	}

	@Test
	void nothingIsReportedWithoutRequests() {
		runUntil(START.plusSeconds(60));
		assertThat(this.api.reports).isEmpty();
		assertThat(this.poller.targetsFigures().next()).isEqualTo(START.plusSeconds(70));
	}

	@Test
	void onlyRulesWithRequestsAreReportedEachTenSeconds() {
		this.api.rules = rules(3);
		this.poller.runDue();
		request(1);
		request(1);
		runUntil(START.plusSeconds(10));
		assertThat(this.api.reports).containsExactly(List.of(new RuleStatistics("r1", START.plusSeconds(10), 2, 0, 0)));
	}

	@Test
	void smallestIntervalOfTheTargetsIsKept() {
		this.api.rules = rules(2);
		this.api.intervals = List.of(Duration.ofSeconds(7), Duration.ofSeconds(4));
		this.poller.runDue();
		request(0);
		request(1);
		runUntil(START.plusSeconds(10));
		assertThat(this.poller.targetsFigures().next()).isEqualTo(START.plusSeconds(14));
	}

	@Test
	void moreThanTwentyFiveStatisticsAreSentInSeveralCalls() {
		this.api.rules = rules(26);
		this.poller.runDue();
		requestEach(26);
		runUntil(START.plusSeconds(10));
		assertThat(this.api.reports).extracting(List::size).containsExactly(25, 1);
	}

	@Test
	void callThatFailsGivesItsStatisticsBackAndOthersAreMade() {
		this.api.rules = rules(26);
		this.poller.runDue();
		requestEach(26);
		this.api.failing.add("r0");
		runUntil(START.plusSeconds(10));
		assertThat(this.api.reports).extracting(List::size).containsExactly(1);
		this.api.failing.clear();
		request(0);
		runUntil(START.plusSeconds(20));
		assertThat(this.api.reports.get(1)).hasSize(25)
			.contains(new RuleStatistics("r0", RETRY, 2, 0, 0), new RuleStatistics("r1", RETRY, 1, 0, 0));
	}

	@Test
	void callsThatFailAreMadeAgainSoonAndThenAsOften() {
		this.api.rules = rules(1);
		this.poller.runDue();
		request(0);
		this.api.failing.add("r0");
		runUntil(START.plusSeconds(60));
		List<Long> pauses = new ArrayList<>();
		for (int i = 1; i < this.api.calls.size(); i++) {
			pauses.add(Duration.between(this.api.calls.get(i - 1), this.api.calls.get(i)).toMillis());
		}
		assertThat(pauses).containsExactly(2010L, 4020L, 8040L, 10_050L, 10_050L, 10_050L);
	}

	@Test
	void callsThatAreRefusedAreMadeAsOftenAsOthers() {
		this.api.rules = rules(1);
		this.poller.runDue();
		request(0);
		this.api.refusing = true;
		runUntil(START.plusSeconds(35));
		assertThat(this.api.calls).containsExactly(START.plusSeconds(10), START.plusMillis(20_050),
				START.plusMillis(30_100));
	}

	@Test
	void quotaIsKeptWhereXrayDoesNotAnswerAndEndsWhereItRefuses() {
		this.api.rules = List.of(SamplingRules.rule("r0", 1, 0, 9));
		this.poller.runDue();
		this.sampler.rules().state("r0").update(quota(5));
		request(0);
		this.api.failing.add("r0");
		runUntil(START.plusSeconds(100));
		assertThat(sampledOf(9)).isEqualTo(5);
		this.api.failing.clear();
		this.api.refusing = true;
		this.sampler.rules().state("r0").update(quota(5));
		runUntil(START.plusSeconds(200));
		assertThat(sampledOf(9)).isEqualTo(1);
	}

	private SamplingTarget quota(int quota) {
		return new SamplingTarget("r0", 0, quota, this.clock.instant().plusSeconds(15), null, null);
	}

	private int sampledOf(int requests) {
		int sampled = 0;
		for (int i = 0; i < requests; i++) {
			sampled += (request(0).getDecision() == SamplingDecision.RECORD_AND_SAMPLE) ? 1 : 0;
		}
		return sampled;
	}

	@Test
	void unprocessedStatisticsAreGivenBack() {
		this.api.rules = rules(2);
		this.poller.runDue();
		requestEach(2);
		this.api.unprocessed.add("r1");
		runUntil(START.plusSeconds(10));
		this.api.unprocessed.clear();
		runUntil(START.plusSeconds(21));
		assertThat(this.api.reports.get(1))
			.containsExactly(new RuleStatistics("r1", START.plusMillis(20_050), 1, 0, 0));
		assertThat(this.log.lines()).hasSize(2)
			.first()
			.asString()
			.contains("statistics of rule r1 were not taken, Code: why");
	}

	@Test
	void rulesAreReadAtOnceWhenTargetsSayThatTheyChanged() {
		this.api.rules = rules(1);
		this.poller.runDue();
		request(0);
		this.api.modified = START.plusSeconds(5);
		this.api.rules = rules(2);
		runUntil(START.plusSeconds(10));
		assertThat(this.api.rulesReadAt).containsExactly(START, START.plusSeconds(10));
		assertThat(this.sampler.rules().states()).hasSize(2);
	}

	@Test
	void changeIsReadOnceThoughTheClockIsLate() {
		this.api.rules = rules(1);
		this.poller.runDue();
		this.api.modified = START.plusSeconds(100);
		for (int i = 1; i < 5; i++) {
			request(0);
			runUntil(START.plusSeconds(10 * i));
		}
		assertThat(this.api.rulesReadAt).containsExactly(START, START.plusSeconds(10));
	}

	@Test
	void oldChangeIsNoReason() {
		this.api.rules = rules(1);
		this.poller.runDue();
		request(0);
		this.api.modified = START.minusSeconds(1);
		runUntil(START.plusSeconds(20));
		assertThat(this.api.rulesReadAt).containsExactly(START);
	}

	@Test
	void rulesThatFailAreReadAgainSoonAndThenLessOften() {
		this.api.rulesFail = true;
		runUntil(START.plusSeconds(1000));
		List<Long> pauses = new ArrayList<>();
		for (int i = 1; i < this.api.rulesReadAt.size(); i++) {
			pauses.add(Duration.between(this.api.rulesReadAt.get(i - 1), this.api.rulesReadAt.get(i)).toSeconds());
		}
		assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 301L, 301L);
	}

	@Test
	void eachKindOfPollWarnsOnceAndSaysWhenItWorksAgain() {
		this.api.rules = rules(1);
		this.poller.runDue();
		this.api.rulesFail = true;
		this.api.failing.add("r0");
		request(0);
		runUntil(START.plusSeconds(500));
		assertThat(this.log.lines()).hasSize(2)
			.allMatch((line) -> line.startsWith("WARN ") && line.contains("no answer"));
		this.api.rulesFail = false;
		this.api.failing.clear();
		runUntil(START.plusSeconds(1000));
		assertThat(this.log.lines()).hasSize(4)
			.endsWith("INFO X-Ray's sampling targets are there again", "INFO X-Ray's sampling rules are there again");
	}

	@Test
	void figuresTellHowItGoes() {
		this.api.rulesFail = true;
		this.poller.runDue();
		assertThat(this.poller.rulesFigures())
			.isEqualTo(new Poll.Figures(START, 1, "no answer", START.plusMillis(10_050)));
		assertThat(this.poller.targetsFigures()).isEqualTo(new Poll.Figures(null, 0, null, START.plusSeconds(10)));
		this.api.rulesFail = false;
		Instant again = START.plusMillis(10_050);
		runUntil(again);
		assertThat(this.poller.rulesFigures())
			.isEqualTo(new Poll.Figures(again, 0, "no answer", again.plusMillis(301_500)));
	}

	private void runUntil(Instant end) {
		Instant next = this.poller.runDue();
		while (!next.isAfter(end)) {
			assertThat(next).isAfter(this.clock.instant());
			this.clock.set(next);
			next = this.poller.runDue();
		}
		this.clock.set(end);
	}

	private void requestEach(int rules) {
		for (int i = 0; i < rules; i++) {
			request(i);
		}
	}

	private SamplingResult request(int rule) {
		return this.sampler.shouldSample(Context.root(), "0af7651916cd43dd8448eb211c80319c", "GET", SpanKind.SERVER,
				Attributes.of(AttributeKey.stringKey("url.path"), "/" + rule), List.of());
	}

	private static List<SamplingRule> rules(int count) {
		List<SamplingRule> rules = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			rules.add(SamplingRules.ofPath("r" + i, i, "/" + i));
		}
		return rules;
	}

	private final class ScriptedApi implements SamplingApi {

		private final List<Instant> rulesReadAt = new ArrayList<>();

		private final List<Instant> calls = new ArrayList<>();

		private final List<List<RuleStatistics>> reports = new ArrayList<>();

		private final Set<String> failing = new HashSet<>();

		private final Set<String> unprocessed = new HashSet<>();

		private List<SamplingRule> rules = List.of();

		private List<Duration> intervals = List.of();

		private @Nullable Instant modified;

		private boolean rulesFail;

		private boolean refusing;

		@Override
		public List<SamplingRule> rules() throws IOException {
			this.rulesReadAt.add(SamplingPollerTests.this.clock.instant());
			if (this.rulesFail) {
				throw new IOException("no answer");
			}
			return this.rules;
		}

		@Override
		public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
				throws IOException {
			assertThat(clientId).isEqualTo("c0ffee");
			this.calls.add(SamplingPollerTests.this.clock.instant());
			if (this.refusing) {
				throw new SamplingRefusal("Rate exceeded");
			}
			if (statistics.stream().anyMatch((one) -> this.failing.contains(one.rule()))) {
				throw new IOException("no answer");
			}
			this.reports.add(statistics);
			List<SamplingTarget> targets = new ArrayList<>();
			for (Duration interval : this.intervals) {
				targets.add(new SamplingTarget("r" + targets.size(), 0, null, null, interval, null));
			}
			return new Targets(targets, this.modified,
					this.unprocessed.stream().map((rule) -> new Unprocessed(rule, "Code", "why")).toList(), List.of());
		}

	}

}
