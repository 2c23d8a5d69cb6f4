package io.github.adotspring.autoconfigure.amp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.adotspring.autoconfigure.amp.DecodedRequest.DecodedSeries;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link RemoteWriteTranslator} makes valid requests of whatever comes, and
 * loses no data point.
 */
final class RandomMetricsTests {

	private static final int LIMIT = 30_000;

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void makesValidRequestsOfEverything(HistogramForm form) {
		int sent = 0;
		for (int seed = 0; seed < 60; seed++) {
			ManualClock clock = new ManualClock();
			RemoteWriteTranslator translator = translator(form, clock);
			RandomMetrics metrics = new RandomMetrics(new Random(seed));
			Map<String, Long> times = new HashMap<>();
			for (int i = 0; i < 4; i++) {
				Split split = translator.split(metrics.next());
				int items = items(split.parts());
				int dropped = split.dropped().stream().mapToInt(Dropped::items).sum();
				assertThat(items + dropped).as("seed " + seed).isEqualTo(metrics.points());
				assertThat(split.dropped()).extracting(Dropped::reason).doesNotHaveDuplicates();
				split.parts().forEach((part) -> check(part, times));
				sent += items;
				clock.pass(Duration.ofMinutes(2));
			}
			translator.last().forEach((part) -> {
				check(part, times);
				assertThat(part.items()).isZero();
			});
		}
		assertThat(sent).isGreaterThan(2_000);
	}

	/**
	 * Decodes a request, which checks its labels, and wants the times of every series to
	 * ascend.
	 */
	private static void check(Part part, Map<String, Long> times) {
		assertThat(SnappyCompressor.compress(part.message()).length).isLessThanOrEqualTo(LIMIT);
		for (DecodedSeries series : DecodedRequest.of(part.message()).series()) {
			for (long time : series.times()) {
				Long last = times.put(series.text(), time);
				assertThat(last == null || last < time).as(series.text()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void cutsRequestsDownToSinglePoints(HistogramForm form) {
		for (int seed = 0; seed < 20; seed++) {
			RemoteWriteTranslator translator = translator(form, new ManualClock());
			Split split = translator.split(new RandomMetrics(new Random(seed)).next());
			for (Part part : split.parts()) {
				Deque<Part> waiting = new ArrayDeque<>(List.of(part));
				int dropped = 0;
				while (!waiting.isEmpty()) {
					Part next = waiting.remove();
					Split halves = translator.halve(next.message());
					int lost = halves.dropped().stream().mapToInt(Dropped::items).sum();
					assertThat(items(halves.parts()) + lost).isEqualTo(next.items());
					assertThat(halves.parts()).hasSize((next.items() > 1) ? 2 : 0);
					assertThat(lost).isEqualTo((next.items() == 1) ? 1 : 0);
					if (lost == 0 && next.items() > 0) {
						assertThat(count(halves.parts())).isEqualTo(count(List.of(next)));
					}
					dropped += lost;
					waiting.addAll(halves.parts());
				}
				assertThat(dropped).isEqualTo(part.items());
			}
		}
	}

	private static Map<String, Integer> count(List<Part> parts) {
		Map<String, Integer> series = new TreeMap<>();
		parts.forEach((part) -> DecodedRequest.of(part.message())
			.series()
			.forEach((one) -> series.merge(one.text(), 1, Integer::sum)));
		return series;
	}

	private static int items(List<Part> parts) {
		return parts.stream().mapToInt(Part::items).sum();
	}

	private static RemoteWriteTranslator translator(HistogramForm form, ManualClock clock) {
		return new RemoteWriteTranslator(new MetricReader(form, new BucketBounds(20)), new SentSeries(1_000_000),
				new RequestLimit(LIMIT), clock);
	}

}
