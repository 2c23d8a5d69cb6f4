package io.github.adotspring.autoconfigure.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleCountsTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 300_000;

	private final RuleCounts counts = new RuleCounts();

	@Test
	void whatIsTakenIsGone() {
		this.counts.count(Decision.NOT_SAMPLED);
		this.counts.count(Decision.BY_RATE);
		this.counts.count(Decision.BORROWED);
		assertThat(this.counts.take("r", VirtualClock.START))
			.isEqualTo(new RuleStatistics("r", VirtualClock.START, 3, 2, 1));
		assertThat(this.counts.take("r", VirtualClock.START)).isNull();
	}

	@Test
	void whatIsGivenBackIsAddedToWhatCameSince() {
		this.counts.count(Decision.BORROWED);
		RuleStatistics taken = this.counts.take("r", VirtualClock.START);
		this.counts.count(Decision.NOT_SAMPLED);
		this.counts.giveBack(taken);
		assertThat(this.counts.take("r", VirtualClock.START))
			.isEqualTo(new RuleStatistics("r", VirtualClock.START, 2, 1, 1));
	}

	@Test
	void totalsAreOfAllThatWasEverCountedWhoeverWasTold() {
		for (Decision decision : Decision.values()) {
			this.counts.count(decision);
		}
		RuleCounts.Totals totals = new RuleCounts.Totals(4, 3, 2, 1);
		assertThat(this.counts.totals()).isEqualTo(totals);
		RuleStatistics taken = this.counts.take("r", VirtualClock.START);
		assertThat(this.counts.totals()).isEqualTo(totals);
		this.counts.giveBack(taken);
		assertThat(this.counts.totals()).isEqualTo(totals);
	}

	@Test
	void nothingIsLostUnderConcurrencyAndFailures() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			running.add(threads.submit(this::countAll));
		}
		threads.shutdown();
		long requests = 0;
		long sampled = 0;
		long borrowed = 0;
		boolean fails = false;
		boolean done;
		do {
			done = threads.isTerminated();
			RuleStatistics taken = this.counts.take("r", VirtualClock.START);
			if (taken != null) {
				assertThat(taken.sampled()).isBetween(taken.borrowed(), taken.requests());
				fails = !fails && !done;
				if (fails) {
					this.counts.giveBack(taken);
				}
				else {
					requests += taken.requests();
					sampled += taken.sampled();
					borrowed += taken.borrowed();
				}
			}
		}
		while (!done);
		for (Future<?> thread : running) {
			thread.get();
		}
		assertThat(requests).isEqualTo(4L * THREADS * ROUNDS);
		assertThat(sampled).isEqualTo(3L * THREADS * ROUNDS);
		assertThat(borrowed).isEqualTo((long) THREADS * ROUNDS);
	}

	private void countAll() {
		for (int i = 0; i < ROUNDS; i++) {
			for (Decision decision : Decision.values()) {
				this.counts.count(decision);
			}
		}
	}

}
