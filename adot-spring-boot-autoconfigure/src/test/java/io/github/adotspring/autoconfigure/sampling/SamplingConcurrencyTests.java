package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingConcurrencyTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 200_000;

	private final VirtualClock clock = new VirtualClock();

	private final UnreliableApi api = new UnreliableApi();

	private final XraySampler sampler = new XraySampler(SamplingRules.SERVICE, SamplingRules.NOT_ADAPTIVE, this.clock,
			() -> ThreadLocalRandom.current().nextDouble());

	private final SamplingPoller poller = new SamplingPoller(this.api, this.sampler, "c0ffee", this.clock, () -> 0,
			new RecordingLog());

	@Test
	void statisticsAddUpWhileRulesChangeAndCallsFail() throws Exception {
		this.poller.runDue();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Future<Long>> sampled = start(threads);
		while (!sampled.stream().allMatch(Future::isDone)) {
			poll();
		}
		this.api.reliable = true;
		poll();
		threads.shutdown();
		long all = 0;
		for (Future<Long> one : sampled) {
			all += one.get();
		}
		assertThat(this.api.requests).isEqualTo((long) THREADS * ROUNDS);
		assertThat(this.api.sampled).isEqualTo(all);
		assertThat(this.api.failures).isPositive();
		assertThat(this.api.changes).isGreaterThan(1);
	}

	private List<Future<Long>> start(ExecutorService threads) {
		List<Future<Long>> started = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			started.add(threads.submit(this::sample));
		}
		return started;
	}

	private void poll() {
		this.clock.advance(Duration.ofSeconds(10));
		this.poller.runDue();
	}

	private long sample() {
		long sampled = 0;
		for (int i = 0; i < ROUNDS; i++) {
			SamplingDecision decision = this.sampler
				.shouldSample(Context.root(), "0af7651916cd43dd8448eb211c80319c", "GET", SpanKind.SERVER,
						Attributes.empty(), List.of())
				.getDecision();
			sampled += (decision == SamplingDecision.RECORD_AND_SAMPLE) ? 1 : 0;
		}
		return sampled;
	}

	/** Of the thread that polls. */
	private final class UnreliableApi implements SamplingApi {

		private boolean reliable;

		private long requests;

		private long sampled;

		private int failures;

		private int changes;

		private int calls;

		@Override
		public List<SamplingRule> rules() {
			this.changes++;
			return List.of(SamplingRules.rule("r", 1, (this.changes % 10) / 10.0, 3));
		}

		@Override
		public Targets targets(String clientId, List<RuleStatistics> statistics, List<BoostStatistics> boosts)
				throws IOException {
			this.calls++;
			if (!this.reliable && this.calls % 3 == 0) {
				this.failures++;
				throw new IOException("no answer");
			}
			boolean unprocessed = !this.reliable && this.calls % 3 == 1;
			if (!unprocessed) {
				statistics.forEach(this::add);
			}
			return new Targets(List.of(), SamplingConcurrencyTests.this.clock.instant(),
					unprocessed ? List.of(new Unprocessed("r", "Code", "why")) : List.of(), List.of());
		}

		private void add(RuleStatistics statistics) {
			assertThat(statistics.sampled()).isBetween(statistics.borrowed(), statistics.requests());
			this.requests += statistics.requests();
			this.sampled += statistics.sampled();
		}

	}

}
