package io.github.adotspring.autoconfigure.amp;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BucketBounds}, {@link Bound} and {@link ExponentialBuckets}.
 */
final class ClassicBucketsTests {

	private static final Instant NOW = ManualClock.START;

	@Test
	void boundsOfTimesArePowersOfTwoFromAMillisecondToSixteenSeconds() {
		assertThat(buckets(20, "s", new Recorder(160).record(0.1)::write).keySet()).containsExactly("0.0009765625",
				"0.001953125", "0.00390625", "0.0078125", "0.015625", "0.03125", "0.0625", "0.125", "0.25", "0.5", "1",
				"2", "4", "8", "16", "+Inf");
	}

	@ParameterizedTest
	@CsvSource({ "s, 0.0009765625, 16", "seconds, 0.0009765625, 16", "ms, 1, 16384", "milliseconds, 1, 16384",
			"us, 1024, 16777216", "ns, 1048576, 17179869184", "By, 256, 4194304", "bytes, 256, 4194304",
			"{order}, 1, 16384" })
	void boundsBeginAndEndWhereTheUnitSays(String unit, String first, String last) {
		List<String> bounds = List.copyOf(buckets(15, unit, new Recorder(160).record(1e9)::write).keySet());
		assertThat(bounds).hasSize(16).startsWith(first).endsWith(last, "+Inf");
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 2", "4, 4", "7, 4", "8, 8", "14, 8", "15, 15", "28, 15", "29, 29", "57, 57",
			"200, 113", "5000, 3585" })
	void boundsAreAsFineAsTheirNumberAllows(int maxBuckets, int expected) {
		for (String unit : List.of("s", "ms", "us", "By", "")) {
			assertThat(new BucketBounds(maxBuckets).of(unit,
					new ExponentialBuckets(ExponentialHistogramDataPoint.getDefaultInstance())))
				.as(unit)
				.hasSize(expected);
		}
	}

	@Test
	void boundsBetweenPowersOfTwoAreWrittenShort() {
		assertThat(buckets(29, "s", new Recorder(160).record(0.1)::write).keySet()).contains("0.00138107", "0.707107",
				"1", "1.41421", "2", "11.3137");
		assertThat(buckets(3585, "s", new Recorder(160).record(0.1)::write)).hasSize(3586);
	}

	@Test
	void boundsAreTheSameWhateverWasMeasuredInTheRange() {
		Set<String> expected = buckets(20, "s", (point) -> {
		}).keySet();
		Random random = new Random(1);
		Recorder recorder = new Recorder(160);
		for (int i = 0; i < 200; i++) {
			recorder.record(Math.exp(Math.log(0.001) + random.nextDouble() * Math.log(16_000)));
			assertThat(buckets(20, "s", recorder::write).keySet()).isEqualTo(expected);
		}
	}

	@Test
	void boundsFollowOutsideOfTheRangeWhereThereAreValues() {
		assertThat(buckets(20, "s", new Recorder(160).record(17)::write).keySet()).hasSize(17).contains("64");
		assertThat(buckets(20, "s", new Recorder(160).record(1e9)::write).keySet()).hasSize(19)
			.contains("64", "256", "1024");
		assertThat(buckets(20, "s", new Recorder(160).record(1e-9)::write).keySet()).hasSize(18)
			.contains("0.000244140625", "0.00006103515625");
		assertThat(buckets(20, "s", new Recorder(160).record(1e-9).record(1e9)::write).keySet()).hasSize(21);
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 8, 20, 40, 160 })
	void everyBucketCountsExactlyAndNeverLessThanBefore(int maxBuckets) {
		for (int seed = 0; seed < 10; seed++) {
			Random random = new Random(seed);
			Recorder recorder = new Recorder(32);
			Map<String, Double> before = new TreeMap<>();
			double width = random.nextDouble() * 30;
			for (int i = 0; i < 40; i++) {
				recorder.record((random.nextInt(5) == 0) ? 0 : Math.exp(random.nextGaussian() * width * i / 40));
				Map<String, Double> buckets = buckets(maxBuckets, "s", recorder::write);
				assertThat(buckets).hasSizeLessThanOrEqualTo(maxBuckets + 1);
				buckets.forEach((bound, count) -> {
					assertThat(count).as(bound).isEqualTo(recorder.upTo(value(bound)));
					assertThat(count).isGreaterThanOrEqualTo(before.getOrDefault(bound, 0.0));
				});
				assertThat(List.copyOf(buckets.values())).isSorted();
				before.putAll(buckets);
			}
		}
	}

	@Test
	void aBoundThatTheHistogramNoLongerHasIsLeftOut() {
		// Buckets up to 1/16, 1 and 16.
		Map<String, Double> buckets = buckets(20, "s",
				(point) -> point.setScale(-2)
					.setCount(6)
					.getPositiveBuilder()
					.setOffset(-2)
					.addAllBucketCounts(List.of(1L, 2L, 3L)));
		assertThat(buckets).containsExactly(Map.entry("0.00390625", 0.0), Map.entry("0.0625", 1.0), Map.entry("1", 3.0),
				Map.entry("16", 6.0), Map.entry("+Inf", 6.0));
	}

	@Test
	void countsZerosAndNegativeValuesInEveryBucketAboveThem() {
		Map<String, Double> buckets = buckets(20, "s", (point) -> {
			point.setCount(10).setZeroCount(3).setZeroThreshold(0.3);
			point.getNegativeBuilder().addBucketCounts(5);
			point.getPositiveBuilder().addBucketCounts(2);
		});
		assertThat(buckets).containsExactly(Map.entry("0.5", 8.0), Map.entry("1", 8.0), Map.entry("2", 10.0),
				Map.entry("4", 10.0), Map.entry("8", 10.0), Map.entry("16", 10.0), Map.entry("+Inf", 10.0));
	}

	@Test
	void boundsBelowTheThresholdOfZeroAreLeftOutFromTheBeginning() {
		Recorder recorder = new Recorder(160).record(0.1);
		Set<String> before = bounds(recorder);
		assertThat(before).startsWith("0.001953125").hasSize(15);
		assertThat(bounds(recorder.record(0))).isEqualTo(before);
	}

	private static Set<String> bounds(Recorder recorder) {
		return buckets(20, "s", (point) -> {
			recorder.write(point);
			point.setZeroThreshold(0.001);
		}).keySet();
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1000, -5, 0, 20, 1000, Integer.MAX_VALUE })
	void standsEveryScaleAndIndex(int scale) {
		for (int offset : new int[] { Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE }) {
			Map<String, Double> buckets = buckets(20, "s",
					(point) -> point.setScale(scale)
						.getPositiveBuilder()
						.setOffset(offset)
						.addAllBucketCounts(List.of(1L, -1L, 1L)));
			assertThat(List.copyOf(buckets.values())).isSorted().endsWith(Math.pow(2, 64));
		}
	}

	@Test
	void labelsAreNumbersWithoutExponent() {
		assertThat(List.of(Bound.label(0.0), Bound.label(-0.0), Bound.label(1e-7), Bound.label(2.5e9),
				Bound.label(-3.0), Bound.label(Double.NaN), Bound.label(Double.NEGATIVE_INFINITY)))
			.containsExactly("0", "0", "0.0000001", "2500000000", "-3", "NaN", "-Inf");
	}

	private static double value(String bound) {
		return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
	}

	/**
	 * The buckets that a histogram becomes, in the order of the request.
	 */
	private static Map<String, Double> buckets(int maxBuckets, String unit,
			Consumer<ExponentialHistogramDataPoint.Builder> point) {
		RemoteWriteTranslator translator = new RemoteWriteTranslator(
				new MetricReader(HistogramForm.CLASSIC, new BucketBounds(maxBuckets)), new SentSeries(10_000),
				RequestLimit.AMP, new ManualClock());
		byte[] request = translator.split(OtlpMetrics.message(OtlpMetrics.exponential("h", unit, NOW, point)))
			.parts()
			.get(0)
			.message();
		Map<String, Double> buckets = new LinkedHashMap<>();
		DecodedRequest.of(request)
			.series()
			.stream()
			.filter((series) -> series.labels().containsKey("le"))
			.forEach((series) -> buckets.put(series.labels().get("le"), series.value()));
		return buckets;
	}

}
