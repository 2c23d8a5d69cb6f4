package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentTraces}.
 */
class RecentTracesTests {

	private static final int MARK = 1;

	private static final int OTHER = 2;

	@Test
	void traceTakesAMarkOnce() {
		RecentTraces traces = new RecentTraces(100, Duration.ofMinutes(10), 0);
		assertThat(traces.isMarked(7, MARK)).isFalse();
		assertThat(traces.mark(7, MARK, 0)).isTrue();
		assertThat(traces.mark(7, MARK, 0)).isFalse();
		assertThat(traces.mark(7, OTHER, 0)).isTrue();
		assertThat(traces.mark(8, MARK, 0)).isTrue();
		assertThat(traces.isMarked(7, MARK)).isTrue();
		assertThat(traces.isMarked(8, OTHER)).isFalse();
	}

	@Test
	void traceIsKeptForHalfTheTimeAtLeastAndForAllOfItAtMost() {
		RecentTraces traces = new RecentTraces(100, Duration.ofMillis(1000), 0);
		traces.mark(7, MARK, 499);
		traces.mark(8, MARK, 998);
		assertThat(traces.isMarked(7, MARK)).isTrue();
		traces.mark(9, MARK, 1498);
		assertThat(traces.isMarked(7, MARK)).isFalse();
		assertThat(traces.isMarked(8, MARK)).isTrue();
		assertThat(traces.forgotten()).isZero();
	}

	@Test
	void traceThatIsMarkedAgainIsKeptOn() {
		RecentTraces traces = new RecentTraces(100, Duration.ofMillis(1000), 0);
		traces.mark(7, MARK, 0);
		traces.mark(7, OTHER, 600);
		traces.mark(8, MARK, 1200);
		assertThat(traces.isMarked(7, MARK)).isTrue();
	}

	@Test
	void nothingIsLeftAfterAPauseThatIsLongEnough() {
		RecentTraces traces = new RecentTraces(100, Duration.ofMillis(1000), 0);
		traces.mark(7, MARK, 400);
		assertThat(traces.mark(7, MARK, 2000)).isTrue();
	}

	@Test
	void ofTooManyTheOldestAreForgottenAndCounted() {
		RecentTraces traces = new RecentTraces(10, Duration.ofMinutes(10), 0);
		for (int i = 0; i < 23; i++) {
			assertThat(traces.mark(i, MARK, 0)).isTrue();
		}
		assertThat(traces.isMarked(14, MARK)).isFalse();
		assertThat(traces.isMarked(15, MARK)).isTrue();
		assertThat(traces.isMarked(22, MARK)).isTrue();
		assertThat(traces.forgotten()).isEqualTo(15);
	}

	@Test
	void oneOfManyThreadsMarks() throws Exception {
		RecentTraces traces = new RecentTraces(100_000, Duration.ofMinutes(10), 0);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Integer>> tasks = new ArrayList<>();
			for (int thread = 0; thread < 4; thread++) {
				tasks.add(() -> marked(traces));
			}
			int marked = 0;
			for (Future<Integer> future : executor.invokeAll(tasks)) {
				marked += future.get();
			}
			assertThat(marked).isEqualTo(2 * 20_000);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static int marked(RecentTraces traces) {
		int marked = 0;
		for (int trace = 0; trace < 20_000; trace++) {
			marked += traces.mark(trace, MARK, 0) ? 1 : 0;
			marked += traces.mark(trace, OTHER, 0) ? 1 : 0;
		}
		return marked;
	}

}
