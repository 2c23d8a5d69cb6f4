package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RateLimitedSamplerTests {

	// Where the clock of the JVM stands at its start says nothing, nor does its sign.
	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);

	@ParameterizedTest
	@CsvSource({ "10, 10", "1, 1", "1.5, 1", "2.5, 2", "0.5, 1", "0.000000000001, 1", "1000000, 1000000" })
	void noMoreThanASecondsAreSampledAtOnceAndOneAtLeast(double perSecond, int sampled) {
		RateLimitedSampler sampler = sampler(perSecond);
		assertThat(sampledOf(sampler, 2_000_000)).isEqualTo(sampled);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 1, 1.5, 3, 10, 99.9 })
	void soManyASecondAreSampledInTheLongRun(double perSecond) {
		RateLimitedSampler sampler = sampler(perSecond);
		int first = sampledOf(sampler, 1_000);
		int sampled = 0;
		for (int i = 0; i < 100_000; i++) {
			pass(Duration.ofMillis(1));
			sampled += sampledOf(sampler, 2);
		}
		assertThat(first).isEqualTo((int) Math.max(1, perSecond));
		assertThat((double) sampled).isBetween(perSecond * 100 * 0.97, perSecond * 100 + 1);
	}

	@Test
	void halfATraceASecondIsOneInTwoSeconds() {
		RateLimitedSampler sampler = sampler(0.5);
		assertThat(sampledOf(sampler, 1)).isOne();
		pass(Duration.ofMillis(1_999));
		assertThat(sampledOf(sampler, 9)).isZero();
		pass(Duration.ofMillis(1));
		assertThat(sampledOf(sampler, 9)).isOne();
	}

	@Test
	void whatComesEvenlyAtTheRateIsAllSampled() {
		RateLimitedSampler sampler = sampler(4);
		for (int i = 0; i < 100; i++) {
			assertThat(sampledOf(sampler, 1)).isOne();
			pass(Duration.ofMillis(250));
		}
	}

	@Test
	void idleTimeSavesUpNoMoreThanASeconds() {
		RateLimitedSampler sampler = sampler(5);
		assertThat(sampledOf(sampler, 100)).isEqualTo(5);
		pass(Duration.ofDays(100));
		assertThat(sampledOf(sampler, 100)).isEqualTo(5);
		pass(Duration.ofMillis(400));
		assertThat(sampledOf(sampler, 100)).isEqualTo(2);
	}

	@Test
	void threadsTogetherGetNoMoreThanOneWould() throws Exception {
		RateLimitedSampler sampler = sampler(1_000);
		// Else the first that passes is lost, as nothing more can be saved up.
		assertThat(sampledOf(sampler, 2_000)).isEqualTo(1_000);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Integer>> parts = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				parts.add(executor.submit(() -> {
					start.await();
					return sampledWhileTimePasses(sampler);
				}));
			}
			start.countDown();
			int sampled = 0;
			for (Future<Integer> part : parts) {
				sampled += part.get();
			}
			// Two seconds passed.
			assertThat(sampled).isEqualTo(2_000);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void describesItsLimit() {
		assertThat(sampler(0.5)).hasToString("RateLimited{0.5/s}");
	}

	private int sampledWhileTimePasses(RateLimitedSampler sampler) {
		int sampled = 0;
		for (int i = 0; i < 500; i++) {
			pass(Duration.ofMillis(1));
			// More than there can be, so that nothing is left.
			sampled += sampledOf(sampler, 2_000);
		}
		return sampled;
	}

	private RateLimitedSampler sampler(double perSecond) {
		return new RateLimitedSampler(perSecond, this.nanoTime::get);
	}

	private void pass(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
	}

	private static int sampledOf(RateLimitedSampler sampler, int requests) {
		int sampled = 0;
		for (int i = 0; i < requests; i++) {
			boolean taken = sampler
				.shouldSample(Context.root(), "0af7651916cd43dd8448eb211c80319c", "GET", SpanKind.SERVER,
						Attributes.empty(), List.of())
				.getDecision() == SamplingDecision.RECORD_AND_SAMPLE;
			sampled += taken ? 1 : 0;
		}
		return sampled;
	}

}
