package io.github.adotspring.autoconfigure.datum;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.datum.Distribution.Entry;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Distribution} and {@link Buckets}.
 */
final class DistributionTests {

	private static final double UNKNOWN = Double.NaN;

	private static final int SCALE = 3;

	private static final double RATIO = Math.pow(2, 1.0 / 8);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 20, 100, 1_000, 20_000 })
	void hasTheSumOfTheHistogramAndEveryValueInItsBucket(int count) {
		Random random = new Random(count);
		for (int round = 0; round < 20; round++) {
			double[] values = values(random, count);
			Distribution distribution = distribution(values, 150);
			assertThat(sum(distribution)).isCloseTo(DoubleStream.of(values).sum(), Percentage.withPercentage(1e-9));
			assertThat(distribution.statistics().sum()).isEqualTo(DoubleStream.of(values).sum());
			assertThat(distribution.statistics().count()).isEqualTo(count);
			assertThat(distribution.statistics().max()).isEqualTo(values[count - 1]);
			for (int rank = 1; rank <= count; rank++) {
				assertThat(atRank(distribution, rank)).isBetween(values[rank - 1] / RATIO * (1 - 1e-9),
						values[rank - 1] * RATIO * (1 + 1e-9));
			}
		}
	}

	/**
	 * The more values there are the less they need to be shifted: then a percentile is
	 * off by half of a bucket, 4.4% here.
	 */
	@Test
	void isWithinHalfOfABucketWhereThereAreManyValues() {
		Random random = new Random(1);
		double worst = 1;
		for (int round = 0; round < 20; round++) {
			double[] values = values(random, 1_000);
			Distribution distribution = distribution(values, 150);
			for (double percentile : new double[] { 0.5, 0.9, 0.95, 0.99 }) {
				int rank = (int) Math.ceil(percentile * values.length);
				double factor = atRank(distribution, rank) / values[rank - 1];
				worst = Math.max(worst, Math.max(factor, 1 / factor));
			}
		}
		assertThat(worst).isBetween(1.03, 1.046);
	}

	@Test
	void keepsSumAndUpperPercentilesWhereBucketsAreJoined() {
		double[] values = IntStream.range(0, 160).mapToDouble((i) -> Math.pow(RATIO, i + 0.4)).toArray();
		Distribution distribution = distribution(values, 100);
		assertThat(distribution.entries()).hasSize(100);
		assertThat(sum(distribution)).isCloseTo(DoubleStream.of(values).sum(), Percentage.withPercentage(1e-9));
		for (int rank = 125; rank <= 160; rank++) {
			assertThat(atRank(distribution, rank)).isCloseTo(values[rank - 1], Percentage.withPercentage(1));
		}
		for (int rank = 1; rank < 125; rank++) {
			assertThat(atRank(distribution, rank)).isBetween(values[rank - 1] / RATIO, values[rank - 1] * RATIO);
		}
	}

	/**
	 * Micrometer counts what is shorter than the smallest expected value there.
	 */
	@Test
	void whatIsBelowTheZeroThresholdIsNotZero() {
		ExponentialHistogramDataPoint point = ExponentialHistogramDataPoint.newBuilder()
			.setZeroCount(10)
			.setZeroThreshold(1)
			.build();
		assertThat(Distribution.of(Buckets.of(point, 1, UNKNOWN, 0.9), 4.5, UNKNOWN, 0.9, 100).entries())
			.satisfiesExactly((entry) -> assertThat(entry.value()).isCloseTo(0.4, Percentage.withPercentage(1e-9)),
					(entry) -> assertThat(entry).isEqualTo(new Entry(0.9, 1)));
	}

	@Test
	void limitAtTheEndOfABucketIsInIt() {
		double end = Math.pow(RATIO, 5);
		ExponentialHistogramDataPoint point = point(new double[] { 1.2, end * 0.99 });
		double max = end * (1 + 1e-15);
		Distribution distribution = Distribution.of(Buckets.of(point, 1, UNKNOWN, max), 1.2 + max, UNKNOWN, max, 100);
		assertThat(distribution.entries()).last().isEqualTo(new Entry(max, 1));
	}

	@Test
	void sumThatCanNotBeIsStillReported() {
		Distribution distribution = Distribution.of(Buckets.of(point(new double[] { 1.2, 1.3 }), 1, UNKNOWN, UNKNOWN),
				1_000, UNKNOWN, UNKNOWN, 100);
		assertThat(distribution.statistics().sum()).isEqualTo(1_000);
		assertThat(distribution.statistics().max()).isEqualTo(500);
		assertThat(distribution.entries()).allMatch((entry) -> entry.value() <= 1.3 * RATIO);
	}

	private static double[] values(Random random, int count) {
		return DoubleStream.generate(() -> Math.exp(random.nextGaussian() * 1.2) * 20).limit(count).sorted().toArray();
	}

	private static Distribution distribution(double[] values, int maxValues) {
		double max = values[values.length - 1];
		return Distribution.of(Buckets.of(point(values), 1, UNKNOWN, max), DoubleStream.of(values).sum(), UNKNOWN, max,
				maxValues);
	}

	private static ExponentialHistogramDataPoint point(double[] values) {
		int first = index(Arrays.stream(values).min().orElseThrow());
		int last = index(Arrays.stream(values).max().orElseThrow());
		List<Long> counts = Arrays.asList(Collections.nCopies(last - first + 1, 0L).toArray(Long[]::new));
		Arrays.stream(values)
			.mapToInt((value) -> index(value) - first)
			.forEach((bucket) -> counts.set(bucket, counts.get(bucket) + 1));
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder().setScale(SCALE);
		point.getPositiveBuilder().setOffset(first).addAllBucketCounts(counts);
		return point.build();
	}

	private static int index(double value) {
		return (int) Math.ceil(Math.scalb(Math.log(value) / Math.log(2), SCALE)) - 1;
	}

	private static double sum(Distribution distribution) {
		return distribution.entries().stream().mapToDouble((entry) -> entry.value() * entry.count()).sum();
	}

	private static double atRank(Distribution distribution, int rank) {
		double seen = 0;
		for (Entry entry : distribution.entries()) {
			seen += entry.count();
			if (seen >= rank) {
				return entry.value();
			}
		}
		throw new AssertionError("Only " + seen + " values");
	}

}
