package io.github.adotspring.autoconfigure.otlp;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CumulativeToDelta}.
 */
final class CumulativeToDeltaTests {

	private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

	private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

	private static final long AWAY = Duration.ofMinutes(10).toNanos();

	private static final int FINEST = 6;

	/** Index of the first bucket at the finest scale. */
	private static final int FIRST = -201;

	private final CumulativeToDelta converter = converter(100);

	@Test
	void sendsTheFirstPointAsItIsAndThenWhatWasAdded() {
		assertThat(sum(sumPoint(1, 10, 5))).isEqualTo(sumPoint(1, 10, 5));
		assertThat(sum(sumPoint(1, 20, 7))).isEqualTo(sumPoint(10, 20, 2));
		assertThat(sum(sumPoint(1, 30, 7))).isEqualTo(sumPoint(20, 30, 0));
	}

	@Test
	void beginsAnewWhenTheCountDoes() {
		sum(sumPoint(1, 10, 5));
		assertThat(sum(sumPoint(15, 20, 6))).as("another start").isEqualTo(sumPoint(15, 20, 6));
		assertThat(sum(sumPoint(15, 30, 2))).as("a smaller value").isEqualTo(sumPoint(20, 30, 2));
		assertThat(sum(sumPoint(15, 40, 3))).isEqualTo(sumPoint(30, 40, 1));
	}

	@Test
	void subtractsNumbersWithFractions() {
		sum(NumberDataPoint.newBuilder().setTimeUnixNano(10).setAsDouble(1.5).build());
		assertThat(sum(NumberDataPoint.newBuilder().setTimeUnixNano(20).setAsInt(4).build()).getAsDouble())
			.isEqualTo(2.5);
	}

	@Test
	void passesOnWhatIsNotCountedSinceAStart() throws Exception {
		Metric.Builder gauge = Metric.newBuilder().setName("g");
		gauge.getGaugeBuilder().addDataPoints(sumPoint(1, 10, 5));
		Metric.Builder level = Metric.newBuilder().setName("l");
		level.getSumBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(sumPoint(1, 10, 5));
		Metric.Builder delta = Metric.newBuilder().setName("d");
		delta.getSumBuilder().setAggregationTemporality(DELTA).setIsMonotonic(true).addDataPoints(sumPoint(1, 10, 5));
		byte[] message = message(gauge, level, delta, Metric.newBuilder().setName("none"));
		for (int i = 0; i < 2; i++) {
			assertThat(ExportMetricsServiceRequest.parseFrom(this.converter.split(message).parts().get(0).message()))
				.isEqualTo(ExportMetricsServiceRequest.parseFrom(message));
		}
	}

	@Test
	void passesOnWhatIsNoNumberAndGoesOnFromThePointBefore() {
		sum(sumPoint(1, 10, 5));
		NumberDataPoint nan = NumberDataPoint.newBuilder().setTimeUnixNano(20).setAsDouble(Double.NaN).build();
		NumberDataPoint gone = NumberDataPoint.newBuilder().setTimeUnixNano(30).setFlags(1).build();
		assertThat(sum(nan)).isEqualTo(nan);
		assertThat(sum(gone)).isEqualTo(gone);
		assertThat(sum(sumPoint(1, 40, 8))).isEqualTo(sumPoint(10, 40, 3));
	}

	@Test
	void tellsSeriesApartByEverythingButTheOrderOfAttributes() {
		KeyValue a = attribute("a");
		KeyValue b = attribute("b");
		sum(sumPoint(1, 10, 5).toBuilder().addAttributes(a).addAttributes(b).build());
		assertThat(sum(sumPoint(1, 20, 7).toBuilder().addAttributes(b).addAttributes(a).build()).getAsInt())
			.isEqualTo(2);
		assertThat(sum(sumPoint(1, 20, 7).toBuilder().addAttributes(b).build()).getAsInt()).isEqualTo(7);
		assertThat(split(this.converter, Metric.newBuilder().setName("other"), sumPoint(1, 20, 9)).parts()).hasSize(1);
	}

	@Test
	void countsPointsThatAreNotLaterAsDuplicates() {
		sum(sumPoint(1, 10, 5));
		Split split = split(this.converter, Metric.newBuilder().setName("s"), sumPoint(1, 10, 5));
		assertThat(split.dropped()).containsExactly(
				new Dropped(Reason.DUPLICATE, 1, "data point of metric 's': it is not later than the one before"));
		assertThat(sum(sumPoint(1, 20, 6)).getAsInt()).isEqualTo(1);
	}

	@Test
	void forgetsTheSeriesThatWasNotSeenForTheLongestTimeAndDoesNotCountItTwice() {
		CumulativeToDelta small = converter(2);
		sum(small, "a", sumPoint(1, 10, 5));
		sum(small, "b", sumPoint(1, 10, 5));
		long now = 11 + AWAY;
		sum(small, "a", sumPoint(1, now, 6));
		assertThat(sum(small, "c", sumPoint(1, now, 5))).as("maybe known before").isNull();
		assertThat(sum(small, "a", sumPoint(1, now + 10, 8))).isEqualTo(sumPoint(now, now + 10, 2));
		now += 11 + AWAY;
		sum(small, "a", sumPoint(1, now, 8));
		assertThat(split(small, Metric.newBuilder().setName("b"), sumPoint(1, now, 9)).dropped()).containsExactly(
				new Dropped(Reason.WRONG_TEMPORALITY, 1, "data point of metric 'b': it counts since the start, "
						+ "and what was counted before is not known any more"));
		assertThat(sum(small, "b", sumPoint(1, now + 10, 10))).isEqualTo(sumPoint(now, now + 10, 1));
		now += 11 + AWAY;
		assertThat(sum(small, "d", sumPoint(now - 5, now, 4))).as("begun later").isEqualTo(sumPoint(now - 5, now, 4));
	}

	@Test
	void goesOnWithTheSeriesThatItKnowsWhenThereAreTooMany() {
		CumulativeToDelta small = converter(2);
		for (int i = 1; i <= 3; i++) {
			int value = i;
			long time = i * AWAY / 10;
			assertThat(List.of("a", "b")).allSatisfy((name) -> assertThat(sum(small, name, sumPoint(1, time, value)))
				.extracting(NumberDataPoint::getAsInt)
				.isEqualTo(1L));
			assertThat(split(small, Metric.newBuilder().setName("c"), sumPoint(1, time, value)).dropped())
				.containsExactly(new Dropped(Reason.WRONG_TEMPORALITY, 1,
						"data point of metric 'c': it counts since the start, and of more than 2 series it is not "
								+ "known what was counted before"));
		}
	}

	@Test
	void refusesWhatIsNotOtlp() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.converter.split(new byte[] { 1, 2, 3 }));
	}

	@Test
	void countsOnceWhatManyThreadsSend() throws Exception {
		AtomicLong total = new AtomicLong();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		for (int thread = 0; thread < 4; thread++) {
			KeyValue own = attribute("thread" + thread);
			threads.execute(() -> {
				for (int i = 1; i <= 500; i++) {
					total.addAndGet(sum(sumPoint(1, i, i).toBuilder().addAttributes(own).build()).getAsInt());
				}
			});
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertThat(total).hasValue(4 * 500);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void addsUpToWhatWasCounted(long seed) throws Exception {
		Random random = new Random(seed);
		Counted counted = new Counted(1);
		Added added = new Added();
		int resets = 0;
		for (int time = 10; time < 3_000; time += 10) {
			if (random.nextInt(40) == 0) {
				counted = new Counted(time - 5);
				added = new Added();
				resets++;
			}
			counted.count(random);
			List<Metric> deltas = metrics(this.converter
				.split(message(counted.sum(time), counted.histogram(time), counted.exponentialHistogram(time))));
			added.add(deltas);
			assertThat(added.sum).isEqualTo(counted.total);
			assertThat(added.buckets).isEqualTo(counted.buckets);
			assertThat(added.bucketSum).isEqualTo(counted.total);
			assertThat(added.atScale(counted.scale)).isEqualTo(counted.atScale(counted.scale));
			assertThat(added.zeros).isEqualTo(counted.zeros);
		}
		assertThat(resets).isPositive();
	}

	private static CumulativeToDelta converter(int maxSeries) {
		return new CumulativeToDelta(new OtlpSplitter(Signal.METRICS, OtlpLimits.unlimited(), Clock.systemUTC()),
				maxSeries);
	}

	private NumberDataPoint sum(NumberDataPoint point) {
		return sum(this.converter, "s", point);
	}

	private static NumberDataPoint sum(CumulativeToDelta converter, String name, NumberDataPoint point) {
		Split split = split(converter, Metric.newBuilder().setName(name), point);
		Metric metric = metrics(split).get(0);
		int dropped = split.dropped().stream().mapToInt(Dropped::items).sum();
		assertThat(metric.getSum().getAggregationTemporality()).isEqualTo(DELTA);
		assertThat(metric.getSum().getDataPointsCount() + dropped).isEqualTo(1);
		return (dropped > 0) ? null : metric.getSum().getDataPoints(0);
	}

	private static Split split(CumulativeToDelta converter, Metric.Builder metric, NumberDataPoint point) {
		metric.getSumBuilder().setIsMonotonic(true).setAggregationTemporality(CUMULATIVE).addDataPoints(point);
		return converter.split(message(metric));
	}

	private static List<Metric> metrics(Split split) {
		List<Metric> metrics = new ArrayList<>();
		for (Part part : split.parts()) {
			try {
				metrics.addAll(ExportMetricsServiceRequest.parseFrom(part.message())
					.getResourceMetrics(0)
					.getScopeMetrics(0)
					.getMetricsList());
			}
			catch (InvalidProtocolBufferException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return metrics;
	}

	private static byte[] message(Metric.Builder... metrics) {
		ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();
		var resource = message.addResourceMetricsBuilder();
		resource.getResourceBuilder().addAttributes(attribute("service.name"));
		var scope = resource.addScopeMetricsBuilder();
		for (Metric.Builder metric : metrics) {
			scope.addMetrics(metric);
		}
		return message.build().toByteArray();
	}

	private static KeyValue attribute(String key) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue("v")).build();
	}

	private static NumberDataPoint sumPoint(long start, long time, long value) {
		return NumberDataPoint.newBuilder().setStartTimeUnixNano(start).setTimeUnixNano(time).setAsInt(value).build();
	}

	/**
	 * Counts at the finest scale at a coarser one, from the first bucket on.
	 */
	private static List<Long> coarser(long[] counts, int steps) {
		int first = FIRST >> steps;
		long[] merged = new long[((FIRST + counts.length - 1) >> steps) - first + 1];
		for (int i = 0; i < counts.length; i++) {
			merged[((FIRST + i) >> steps) - first] += counts[i];
		}
		return Arrays.stream(merged).boxed().toList();
	}

	/**
	 * What an application counted since a start, in all three kinds.
	 */
	private static final class Counted {

		private final long start;

		private final long[] fine = new long[400];

		private final List<Long> buckets = new ArrayList<>(List.of(0L, 0L, 0L));

		private long zeros;

		private long total;

		private int scale = FINEST;

		private int recorded;

		Counted(long start) {
			this.start = start;
		}

		void count(Random random) {
			for (int i = random.nextInt(4); i > 0; i--) {
				int value = random.nextInt(4) * random.nextInt(100);
				this.total += value;
				this.recorded++;
				int bucket = (value > 150) ? 2 : (value > 50) ? 1 : 0;
				this.buckets.set(bucket, this.buckets.get(bucket) + 1);
				if (value == 0) {
					this.zeros++;
				}
				else {
					this.fine[value]++;
				}
			}
			if (random.nextInt(30) == 0 && this.scale > -3) {
				this.scale -= random.nextInt(3);
			}
		}

		Metric.Builder sum(long time) {
			Metric.Builder metric = Metric.newBuilder().setName("s");
			metric.getSumBuilder()
				.setIsMonotonic(true)
				.setAggregationTemporality(CUMULATIVE)
				.addDataPoints(sumPoint(this.start, time, this.total));
			return metric;
		}

		Metric.Builder histogram(long time) {
			Metric.Builder metric = Metric.newBuilder().setName("h");
			metric.getHistogramBuilder()
				.setAggregationTemporality(CUMULATIVE)
				.addDataPoints(HistogramDataPoint.newBuilder()
					.setStartTimeUnixNano(this.start)
					.setTimeUnixNano(time)
					.addAllExplicitBounds(List.of(50.0, 150.0))
					.addAllBucketCounts(this.buckets)
					.setCount(this.recorded)
					.setSum(this.total));
			return metric;
		}

		/**
		 * Values are taken for numbers of buckets at the finest scale.
		 */
		Metric.Builder exponentialHistogram(long time) {
			Metric.Builder metric = Metric.newBuilder().setName("e");
			ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
				.setStartTimeUnixNano(this.start)
				.setTimeUnixNano(time)
				.setScale(this.scale)
				.setCount(this.recorded)
				.setZeroCount(this.zeros);
			List<Long> counts = atScale(this.scale);
			int first = 0;
			while (first < counts.size() - 1 && counts.get(first) == 0) {
				first++;
			}
			point.getPositiveBuilder()
				.setOffset((FIRST >> (FINEST - this.scale)) + first)
				.addAllBucketCounts(counts.subList(first, counts.size()));
			point.setNegative(point.getPositive());
			metric.getExponentialHistogramBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(point);
			return metric;
		}

		List<Long> atScale(int scale) {
			return coarser(this.fine, FINEST - scale);
		}

	}

	/**
	 * What arrives, added up.
	 */
	private static final class Added {

		private final List<Long> buckets = new ArrayList<>(List.of(0L, 0L, 0L));

		private final List<ExponentialHistogramDataPoint> exponential = new ArrayList<>();

		private long sum;

		private long zeros;

		private double bucketSum;

		private long lastTime;

		void add(List<Metric> deltas) {
			NumberDataPoint number = deltas.get(0).getSum().getDataPoints(0);
			HistogramDataPoint histogram = deltas.get(1).getHistogram().getDataPoints(0);
			ExponentialHistogramDataPoint point = deltas.get(2).getExponentialHistogram().getDataPoints(0);
			assertThat(number.getAsInt()).isNotNegative();
			assertThat(histogram.getBucketCountsList()).allMatch((count) -> count >= 0);
			assertThat(point.getPositive().getBucketCountsList()).allMatch((count) -> count >= 0);
			assertThat(point.getNegative()).isEqualTo(point.getPositive());
			if (this.lastTime > 0) {
				assertThat(List.of(number.getStartTimeUnixNano(), histogram.getStartTimeUnixNano(),
						point.getStartTimeUnixNano()))
					.containsOnly(this.lastTime);
			}
			this.lastTime = number.getTimeUnixNano();
			this.sum += number.getAsInt();
			this.bucketSum += histogram.getSum();
			for (int i = 0; i < 3; i++) {
				this.buckets.set(i, this.buckets.get(i) + histogram.getBucketCounts(i));
			}
			this.zeros += point.getZeroCount();
			this.exponential.add(point);
		}

		List<Long> atScale(int scale) {
			long[] sums = new long[coarser(new long[400], FINEST - scale).size()];
			for (ExponentialHistogramDataPoint point : this.exponential) {
				for (int i = 0; i < point.getPositive().getBucketCountsCount(); i++) {
					int index = (point.getPositive().getOffset() + i) >> (point.getScale() - scale);
					sums[index - (FIRST >> (FINEST - scale))] += point.getPositive().getBucketCounts(i);
				}
			}
			return Arrays.stream(sums).boxed().toList();
		}

	}

}
