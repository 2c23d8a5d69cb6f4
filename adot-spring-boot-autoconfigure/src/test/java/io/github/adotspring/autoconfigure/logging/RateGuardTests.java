package io.github.adotspring.autoconfigure.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.opentelemetry.api.logs.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateGuard}.
 */
final class RateGuardTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	// Where the clock of a JVM can stand.
	private final AtomicLong now = new AtomicLong(-3 * SECOND / 2);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 10 })
	void admitsSoManyOfALoggerInASecond(int limit) {
		RateGuard guard = guard(null, limit);
		for (int second = 0; second < 3; second++) {
			assertThat(admitted(guard, "shop", limit)).isEqualTo(limit);
			assertThat(admitted(guard, "shop", 5)).isZero();
			assertThat(admitted(guard, "cart", 1)).isOne();
			this.now.addAndGet(SECOND);
		}
	}

	@Test
	void admitsSoManyOfAllLoggersInASecond() {
		RateGuard guard = guard(3, null);
		assertThat(admitted(guard, "shop", 2)).isEqualTo(2);
		assertThat(admitted(guard, "cart", 2)).isOne();
		assertThat(admitted(guard, "bill", 2)).isZero();
		this.now.addAndGet(SECOND);
		assertThat(admitted(guard, "bill", 4)).isEqualTo(3);
	}

	@Test
	void leavesRoomForOtherLoggersWithBothLimits() {
		RateGuard guard = guard(3, 2);
		assertThat(admitted(guard, "noisy", 100)).isEqualTo(2);
		assertThat(admitted(guard, "shop", 2)).isOne();
	}

	@Test
	void savesNothingForLater() {
		RateGuard guard = guard(2, null);
		this.now.addAndGet(10 * SECOND);
		assertThat(admitted(guard, "shop", 10)).isEqualTo(2);
	}

	@Test
	void countsASecondFromItsBeginning() {
		RateGuard guard = guard(1, null);
		assertThat(admitted(guard, "shop", 2)).isOne();
		this.now.addAndGet(SECOND - 1);
		assertThat(admitted(guard, "shop", 2)).isZero();
		this.now.addAndGet(1);
		assertThat(admitted(guard, "shop", 2)).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "ERROR", "ERROR2", "ERROR3", "ERROR4", "FATAL", "FATAL4" })
	void admitsTheFirstErrorAmongNoise(Severity severity) {
		RateGuard guard = guard(10, 5);
		admitted(guard, "shop", 1_000);
		assertThat(guard.admit("shop", severity)).isEqualTo(995);
	}

	@ParameterizedTest
	@EnumSource(names = { "UNDEFINED_SEVERITY_NUMBER", "TRACE", "DEBUG", "INFO", "WARN", "WARN4" })
	void countsAllBelowErrorTogether(Severity severity) {
		RateGuard guard = guard(null, 5);
		admitted(guard, "shop", 5);
		assertThat(guard.admit("shop", severity)).isEqualTo(RateGuard.SUPPRESSED);
	}

	@Test
	void limitsErrorsToo() {
		RateGuard guard = guard(3, null);
		assertThat(
				IntStream.range(0, 10).filter((i) -> guard.admit("logger" + i, Severity.ERROR) != RateGuard.SUPPRESSED))
			.hasSize(3);
		assertThat(admitted(guard, "shop", 10)).isEqualTo(3);
	}

	@Test
	void tellsOfWhatWasSuppressedOnceAndToItsLoggerOnly() {
		RateGuard guard = guard(null, 1);
		admitted(guard, "noisy", 8);
		admitted(guard, "shop", 1);
		this.now.addAndGet(SECOND);
		assertThat(guard.admit("shop", Severity.INFO)).isZero();
		assertThat(guard.admit("noisy", Severity.INFO)).isEqualTo(7);
		this.now.addAndGet(SECOND);
		assertThat(guard.admit("noisy", Severity.INFO)).isZero();
	}

	@Test
	void keepsAnAccountOfSoManyLoggersAndOneOfAllOthers() {
		RateGuard guard = guard(null, 1);
		for (int i = 0; i < RateGuard.MAX_LOGGERS; i++) {
			assertThat(admitted(guard, "logger" + i, 2)).isOne();
		}
		assertThat(admitted(guard, "late", 1)).isOne();
		assertThat(admitted(guard, "later", 3)).isZero();
		assertThat(admitted(guard, "logger0", 1)).isZero();
		this.now.addAndGet(SECOND);
		assertThat(guard.admit("latest", Severity.INFO)).isEqualTo(3);
	}

	/**
	 * Random loggers, severities, pauses and limits, against a model that remembers every
	 * record.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void whatPassesAndWhatIsSuppressedIsWhatCame(long seed) {
		Random random = new Random(seed);
		Integer perSecond = random.nextBoolean() ? 1 + random.nextInt(20) : null;
		Integer perLogger = random.nextBoolean() ? 1 + random.nextInt(5) : null;
		RateGuard guard = guard(perSecond, perLogger);
		long begin = this.now.get();
		List<String> admitted = new ArrayList<>();
		TreeMap<String, Long> came = new TreeMap<>();
		TreeMap<String, Long> told = new TreeMap<>();
		for (int i = 0; i < 5_000; i++) {
			String logger = "logger" + random.nextInt(6);
			Severity severity = (random.nextInt(4) == 0) ? Severity.ERROR : Severity.INFO;
			came.merge(logger, 1L, Long::sum);
			long suppressed = guard.admit(logger, severity);
			if (suppressed != RateGuard.SUPPRESSED) {
				told.merge(logger, 1 + suppressed, Long::sum);
				admitted.add((this.now.get() - begin) / SECOND + " " + severity + " " + logger);
			}
			this.now.addAndGet(random.nextInt((int) SECOND / 25));
		}
		// Once nothing is limited any more, the last record of each logger tells the
		// rest.
		came.keySet().forEach((logger) -> {
			this.now.addAndGet(SECOND);
			told.merge(logger, guard.admit(logger, Severity.INFO), Long::sum);
		});
		assertThat(told).isEqualTo(came);
		assertThat(counts(admitted, " logger.*").values()).allMatch((count) -> perSecond == null || count <= perSecond);
		assertThat(counts(admitted, "").values()).allMatch((count) -> perLogger == null || count <= perLogger);
		assertThat(admitted).hasSizeGreaterThan((perSecond == null && perLogger == null) ? 4_999 : 50);
	}

	@Test
	void holdsUnderManyThreads() throws Exception {
		int threads = 8;
		int records = 20_000;
		RateGuard guard = guard(500, 400);
		LongAdder admitted = new LongAdder();
		LongAdder refused = new LongAdder();
		LongAdder told = new LongAdder();
		CountDownLatch start = new CountDownLatch(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> runs = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				String logger = "logger" + thread % 2;
				runs.add(executor.submit(() -> {
					start.countDown();
					start.await();
					for (int i = 0; i < records; i++) {
						long suppressed = guard.admit(logger, Severity.INFO);
						((suppressed == RateGuard.SUPPRESSED) ? refused : admitted).increment();
						told.add(Math.max(suppressed, 0));
					}
					return null;
				}));
			}
			for (Future<?> run : runs) {
				run.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(admitted.sum()).isEqualTo(500);
		assertThat(admitted.sum() + refused.sum()).isEqualTo((long) threads * records);
		this.now.addAndGet(SECOND);
		told.add(guard.admit("logger0", Severity.INFO) + guard.admit("logger1", Severity.INFO));
		assertThat(told.sum()).isEqualTo(refused.sum());
	}

	@Test
	void aThreadThatIsLateDoesNotBringBackTheSecondBefore() {
		PerSecond limit = new PerSecond(1);
		assertThat(limit.take(Severity.INFO, 2)).isTrue();
		assertThat(limit.take(Severity.INFO, 1)).isFalse();
		assertThat(limit.take(Severity.INFO, 2)).isFalse();
		assertThat(limit.take(Severity.INFO, 3)).isTrue();
	}

	private static TreeMap<String, Integer> counts(List<String> admitted, String without) {
		TreeMap<String, Integer> counts = new TreeMap<>();
		admitted.forEach((record) -> counts.merge(record.replaceAll(without, ""), 1, Integer::sum));
		return counts;
	}

	private static int admitted(RateGuard guard, String logger, int records) {
		return (int) IntStream.range(0, records)
			.filter((i) -> guard.admit(logger, Severity.INFO) != RateGuard.SUPPRESSED)
			.count();
	}

	private RateGuard guard(@Nullable Integer perSecond, @Nullable Integer perLogger) {
		return new RateGuard(perSecond, perLogger, this.now::get);
	}

}
