package io.github.adotspring.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeterGuard}.
 */
final class MeterGuardTests {

	private final List<String> warnings = new ArrayList<>();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void deniesSeriesBeyondTheLimitAndBlamesTheTagOnce() {
		MeterGuard guard = watch(3, 100);
		for (int i = 0; i < 10; i++) {
			count("visits", "page", "p" + i % 2, "user", "u" + i);
			count("visits", "page", "p" + i % 2, "user", "u" + i);
		}
		assertThat(this.registry.find("visits").counters()).hasSize(3).extracting(Counter::count).containsOnly(2.0);
		assertThat(guard.denied()).isEqualTo(Map.of("visits", 7));
		assertThat(guard.series()).isEqualTo(3);
		assertThat(this.warnings)
			.containsExactly("Meter 'visits' has 3 series, 3 values of its tag 'user' among them; no "
					+ "more are exported. Give it fewer, or raise 'management.adot.metrics.max-series-per-meter'.");
	}

	@Test
	void otherMetersGoOn() {
		MeterGuard guard = watch(1, 100);
		count("visits", "user", "a");
		count("visits", "user", "b");
		count("orders", "user", "b");
		assertThat(this.registry.find("orders").counter()).isNotNull();
		assertThat(guard.denied()).containsOnlyKeys("visits");
	}

	@Test
	void deniesSeriesBeyondTheLimitInAllAndNamesTheLargestMetersOnce() {
		MeterGuard guard = watch(100, 4);
		for (int i = 0; i < 3; i++) {
			count("visits", "user", "u" + i);
		}
		count("orders", "user", "a");
		count("orders", "user", "b");
		count("baskets", "user", "a");
		assertThat(this.registry.getMeters()).hasSize(4);
		assertThat(guard.denied()).isEqualTo(Map.of("orders", 1, "baskets", 1));
		assertThat(this.warnings).containsExactly("All meters together have 4 series, most of them 'visits' (3), "
				+ "'orders' (1); no more are exported. Give them fewer, or raise 'management.adot.metrics.max-series'.");
	}

	@Test
	void removedMetersMakeRoom() {
		MeterGuard guard = watch(1, 1);
		this.registry.remove(count("visits", "user", "a"));
		assertThat(guard.series()).isZero();
		count("visits", "user", "b");
		assertThat(this.registry.find("visits").tag("user", "b").counter()).isNotNull();
		assertThat(guard.denied()).isEmpty();
	}

	@Test
	void whatFindsRoomLaterIsNotDeniedAnyMore() {
		MeterGuard guard = watch(1, 1);
		Counter first = count("visits", "user", "a");
		count("visits", "user", "b");
		assertThat(guard.denied()).isEqualTo(Map.of("visits", 1));
		this.registry.remove(first);
		count("visits", "user", "b");
		assertThat(guard.denied()).isEmpty();
		assertThat(guard.series()).isEqualTo(1);
	}

	@Test
	void otherRegistriesKeepWhatIsDenied() {
		watch(1, 100);
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		CompositeMeterRegistry composite = new CompositeMeterRegistry().add(this.registry).add(other);
		composite.counter("visits", "user", "a").increment();
		composite.counter("visits", "user", "b").increment();
		assertThat(this.registry.find("visits").counters()).hasSize(1);
		assertThat(other.find("visits").counters()).hasSize(2);
	}

	@Test
	void countsDeniedSeriesWithoutFillingTheMemory() {
		MeterGuard guard = watch(1, 1);
		for (int i = 0; i <= MeterGuard.MAX_DENIED + 10; i++) {
			count("visits" + i, "user", "a");
		}
		assertThat(guard.denied()).hasSize(MeterGuard.MAX_DENIED);
		assertThat(this.warnings).hasSize(1);
	}

	private MeterGuard watch(int maxSeriesPerMeter, int maxSeries) {
		MeterGuard guard = new MeterGuard(maxSeriesPerMeter, maxSeries, this.warnings::add);
		guard.watch(this.registry);
		assertThat(guard.maxSeriesPerMeter()).isEqualTo(maxSeriesPerMeter);
		assertThat(guard.maxSeries()).isEqualTo(maxSeries);
		return guard;
	}

	private Counter count(String name, String... tags) {
		Counter counter = this.registry.counter(name, tags);
		counter.increment();
		return counter;
	}

}
