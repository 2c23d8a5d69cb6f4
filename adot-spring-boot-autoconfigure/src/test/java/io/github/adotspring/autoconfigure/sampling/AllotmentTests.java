package io.github.adotspring.autoconfigure.sampling;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllotmentTests {

	private static final long NOW = VirtualClock.START.toEpochMilli();

	private final Allotment allotment = new Allotment(SamplingRules.rule("r", 1, 0, 10));

	@Test
	void borrowsOneEachSecondBeforeTheFirstQuota() {
		assertThat(this.allotment.decide(NOW, () -> 0)).isEqualTo(Decision.BORROWED);
		assertThat(this.allotment.decide(NOW + 999, () -> 0)).isEqualTo(Decision.NOT_SAMPLED);
		assertThat(this.allotment.decide(NOW + 1000, () -> 0)).isEqualTo(Decision.BORROWED);
	}

	@Test
	void borrowsNothingFromAnEmptyReservoir() {
		Allotment empty = new Allotment(SamplingRules.rule("r", 1, 0.5, 0));
		assertThat(empty.decide(NOW, () -> 0.49)).isEqualTo(Decision.BY_RATE);
		assertThat(empty.decide(NOW, () -> 0.5)).isEqualTo(Decision.NOT_SAMPLED);
	}

	@Test
	void samplesTheQuotaEachSecondAndTheRateBeyond() {
		this.allotment.update(target(0.1, 3, 10));
		assertThat(sampledOf(5, NOW, 0.9)).isEqualTo(3);
		assertThat(this.allotment.decide(NOW, () -> 0.09)).isEqualTo(Decision.BY_RATE);
		assertThat(sampledOf(5, NOW + 1000, 0.9)).isEqualTo(3);
	}

	@Test
	void goesOnWithOneOfTheQuotaWhenItHasEnded() {
		this.allotment.update(target(0, 3, 10));
		assertThat(sampledOf(5, NOW + 9_999, 0.5)).isEqualTo(3);
		assertThat(this.allotment.decide(NOW + 10_000, () -> 0)).isEqualTo(Decision.BORROWED);
		assertThat(sampledOf(5, NOW + 10_000, 0)).isZero();
	}

	@Test
	void tellsWhatTheQuotaAndWhatTheRateDecided() {
		this.allotment.update(target(1, 1, 10));
		assertThat(this.allotment.decide(NOW, () -> 0.5)).isEqualTo(Decision.BY_QUOTA);
		assertThat(this.allotment.decide(NOW, () -> 0.5)).isEqualTo(Decision.BY_RATE);
	}

	@Test
	void quotaThatWasValidWhenXrayFailedIsKeptUntilItAnswers() {
		this.allotment.update(target(0, 3, 10));
		this.allotment.keepQuota(NOW + 9_999);
		assertThat(sampledOf(5, NOW + 600_000, 0.5)).isEqualTo(3);
		this.allotment.update(target(0, 2, 10));
		assertThat(sampledOf(5, NOW + 700_000, 0.5)).isEqualTo(1);
	}

	@Test
	void quotaThatHadEndedWhenXrayFailedIsNotKept() {
		this.allotment.update(target(0, 3, 10));
		this.allotment.keepQuota(NOW + 10_000);
		assertThat(sampledOf(5, NOW + 20_000, 0.5)).isEqualTo(1);
	}

	@Test
	void borrowsNothingWhenTheLastQuotaWasNone() {
		this.allotment.update(target(0, 0, 10));
		assertThat(sampledOf(5, NOW + 20_000, 0)).isZero();
	}

	@Test
	void targetWithoutQuotaLeavesTheQuota() {
		this.allotment.update(target(0, 3, 10));
		this.allotment.update(new SamplingTarget("r", 0, null, null, null, null));
		assertThat(sampledOf(5, NOW, 0)).isEqualTo(3);
	}

	@Test
	void boostRaisesTheRateUntilItEnds() {
		Instant expiry = VirtualClock.START.plusSeconds(60);
		this.allotment.update(new SamplingTarget("r", 0.1, 0, expiry, null, new SamplingTarget.Boost(0.5, expiry)));
		assertThat(this.allotment.decide(NOW + 59_999, () -> 0.4)).isEqualTo(Decision.BY_RATE);
		assertThat(this.allotment.decide(NOW + 60_000, () -> 0.4)).isEqualTo(Decision.NOT_SAMPLED);
	}

	@Test
	void changedRuleHasItsNewRateAndNoMoreThanItsNewReservoir() {
		this.allotment.update(target(0.9, 5, 10));
		Allotment changed = this.allotment.changedTo(SamplingRules.rule("r", 1, 0.2, 2));
		int sampled = 0;
		for (int i = 0; i < 9; i++) {
			sampled += (changed.decide(NOW, () -> 0.5) != Decision.NOT_SAMPLED) ? 1 : 0;
		}
		assertThat(sampled).isEqualTo(2);
		assertThat(changed.decide(NOW, () -> 0.19)).isEqualTo(Decision.BY_RATE);
	}

	@Test
	void lateThreadDoesNotOpenASecondAgain() {
		SecondBudget budget = new SecondBudget();
		assertThat(budget.take(101, 1)).isTrue();
		assertThat(budget.take(100, 1)).isFalse();
		assertThat(budget.take(101, 1)).isFalse();
	}

	@Test
	void clockThatIsSetBackDoesNotCloseTheBudget() {
		SecondBudget budget = new SecondBudget();
		assertThat(budget.take(10_000, 1)).isTrue();
		assertThat(budget.take(5_000, 1)).isTrue();
		assertThat(budget.take(5_000, 1)).isFalse();
	}

	private int sampledOf(int requests, long now, double random) {
		int sampled = 0;
		for (int i = 0; i < requests; i++) {
			sampled += (this.allotment.decide(now, () -> random) != Decision.NOT_SAMPLED) ? 1 : 0;
		}
		return sampled;
	}

	private static SamplingTarget target(double rate, int quota, int seconds) {
		return new SamplingTarget("r", rate, quota, VirtualClock.START.plusSeconds(seconds), null, null);
	}

}
