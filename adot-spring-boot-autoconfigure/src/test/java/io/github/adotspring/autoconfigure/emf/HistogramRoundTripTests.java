package io.github.adotspring.autoconfigure.emf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What CloudWatch can tell of a histogram is what was measured, as exactly as the
 * histogram knew.
 */
final class HistogramRoundTripTests {

	private static final int COUNT = 20_000;

	private static final List<Double> PERCENTILES = List.of(0.5, 0.9, 0.99, 0.999);

	@ParameterizedTest
	@ValueSource(ints = { 20, 160, 320 })
	void exponentialHistogramOfTheSdk(int maxBuckets) {
		Random random = new Random(maxBuckets);
		double[] measured = measured(() -> Math.exp(random.nextGaussian() * 1.2) * 20);
		ExponentialHistogramPointData data = aggregate(measured, maxBuckets);
		JsonNode value = value(Metrics.of()
			.exponential("m",
					(point) -> point.setCount(data.getCount())
						.setSum(data.getSum())
						.setMin(data.getMin())
						.setMax(data.getMax())
						.setScale(data.getScale())
						.setZeroCount(data.getZeroCount())
						.setPositive(buckets(data.getPositiveBuckets()))));
		// Twice as wide where buckets had to be joined, and half of a bucket off.
		long filled = data.getPositiveBuckets().getBucketCounts().stream().filter((count) -> count > 0).count();
		double base = Math.pow(2, Math.pow(2, -data.getScale()));
		double ratio = Math.sqrt((filled > 98) ? base * base : base);
		requireSame(value, measured, ratio);
		assertThat(value.path("Values").size()).isBetween((int) Math.min(filled, 98), (int) Math.min(filled + 2, 100));
	}

	@Test
	void upperPercentilesAreExactWhereSmallBucketsAreJoined() {
		Random random = new Random(1);
		double[] measured = measured(() -> Math.exp(random.nextGaussian() * 1.2) * 20);
		ExponentialHistogramPointData data = aggregate(measured, 160);
		JsonNode value = value(Metrics.of()
			.exponential("m",
					(point) -> point.setCount(data.getCount())
						.setSum(data.getSum())
						.setScale(data.getScale())
						.setPositive(buckets(data.getPositiveBuckets()))));
		assertThat(value.path("Values")).hasSize(100);
		double ratio = Math.pow(2, Math.pow(2, -data.getScale()) / 2);
		for (double percentile : PERCENTILES) {
			double exact = exact(measured, percentile);
			assertThat(percentile(value, percentile)).isBetween(exact / ratio * (1 - 1e-9), exact * ratio * (1 + 1e-9));
		}
	}

	@Test
	void explicitHistogram() {
		Random random = new Random(2);
		double[] measured = measured(() -> Math.exp(random.nextGaussian()) * 20);
		List<Double> bounds = new ArrayList<>();
		for (double bound = 1; bound < 2000; bound *= 1.5) {
			bounds.add(bound);
		}
		long[] counts = new long[bounds.size() + 1];
		for (double each : measured) {
			counts[(int) bounds.stream().filter((bound) -> bound < each).count()]++;
		}
		JsonNode value = value(Metrics.of()
			.histogram("m",
					(point) -> point.setCount(COUNT)
						.setSum(Arrays.stream(measured).sum())
						.setMin(measured[0])
						.setMax(measured[COUNT - 1])
						.addAllExplicitBounds(bounds)
						.addAllBucketCounts(Arrays.stream(counts).boxed().toList())));
		requireSame(value, measured, Math.sqrt(1.5));
	}

	private static double[] measured(DoubleSupplier distribution) {
		return DoubleStream.generate(distribution).limit(COUNT).sorted().toArray();
	}

	private static void requireSame(JsonNode value, double[] measured, double ratio) {
		assertThat(value.path("Count").asInt()).isEqualTo(COUNT);
		assertThat(value.path("Sum").asDouble()).isCloseTo(Arrays.stream(measured).sum(), within(1e-3));
		assertThat(value.path("Min").asDouble()).isEqualTo(measured[0]);
		assertThat(value.path("Max").asDouble()).isEqualTo(measured[COUNT - 1]);
		for (double percentile : PERCENTILES) {
			double exact = exact(measured, percentile);
			assertThat(percentile(value, percentile)).isBetween(exact / ratio * (1 - 1e-9), exact * ratio * (1 + 1e-9));
		}
	}

	private static double exact(double[] measured, double percentile) {
		return measured[(int) Math.ceil(percentile * COUNT) - 1];
	}

	/**
	 * The value up to which so much of the counts is.
	 */
	private static double percentile(JsonNode value, double percentile) {
		double before = 0;
		for (int i = 0; i < value.path("Values").size(); i++) {
			before += value.path("Counts").path(i).asDouble();
			if (before >= percentile * COUNT) {
				return value.path("Values").path(i).asDouble();
			}
		}
		throw new AssertionError("The counts are " + before);
	}

	private static ExponentialHistogramPointData aggregate(double[] measured, int maxBuckets) {
		InMemoryMetricReader reader = InMemoryMetricReader.create();
		try (SdkMeterProvider provider = SdkMeterProvider.builder()
			.registerMetricReader(reader)
			.registerView(InstrumentSelector.builder().setName("*").build(),
					View.builder()
						.setAggregation(Aggregation.base2ExponentialBucketHistogram(
								Base2ExponentialHistogramOptions.builder().setMaxBuckets(maxBuckets).build()))
						.build())
			.build()) {
			var histogram = provider.get("test").histogramBuilder("m").build();
			Arrays.stream(measured).forEach(histogram::record);
			return reader.collectAllMetrics()
				.iterator()
				.next()
				.getExponentialHistogramData()
				.getPoints()
				.iterator()
				.next();
		}
	}

	private static Buckets buckets(ExponentialHistogramBuckets buckets) {
		return Buckets.newBuilder()
			.setOffset(buckets.getOffset())
			.addAllBucketCounts(buckets.getBucketCounts())
			.build();
	}

	private static JsonNode value(Metrics metrics) {
		return Documents.only(Documents.of(metrics)).path("m");
	}

}
