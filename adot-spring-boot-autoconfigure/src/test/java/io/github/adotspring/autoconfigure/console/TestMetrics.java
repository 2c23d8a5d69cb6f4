package io.github.adotspring.autoconfigure.console;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/**
 * Metrics with what a console test is about, as OTLP messages. The application started a
 * minute before the first of them; each second of a test is one on their clock.
 */
final class TestMetrics {

	static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

	static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

	private static final long START = 1_700_000_000_000_000_000L;

	private TestMetrics() {
	}

	static byte[] message(Metric... metrics) {
		return ofScope("micrometer", metrics);
	}

	static byte[] ofScope(String scope, Metric... metrics) {
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder()
				.addScopeMetrics(ScopeMetrics.newBuilder()
					.setScope(InstrumentationScope.newBuilder().setName(scope))
					.addAllMetrics(List.of(metrics))))
			.build()
			.toByteArray();
	}

	static long second(int second) {
		return START + second * 1_000_000_000L;
	}

	static Metric counter(String name, int second, double value, String... tags) {
		return sum(name, CUMULATIVE, true, number(0, second, value, tags));
	}

	static Metric sum(String name, AggregationTemporality temporality, boolean monotonic, NumberDataPoint point) {
		return Metric.newBuilder()
			.setName(name)
			.setSum(Sum.newBuilder()
				.setAggregationTemporality(temporality)
				.setIsMonotonic(monotonic)
				.addDataPoints(point))
			.build();
	}

	static Metric gauge(String name, String unit, int second, double value, String... tags) {
		return Metric.newBuilder()
			.setName(name)
			.setUnit(unit)
			.setGauge(Gauge.newBuilder().addDataPoints(number(0, second, value, tags)))
			.build();
	}

	static NumberDataPoint number(int from, int to, double value, String... tags) {
		return NumberDataPoint.newBuilder()
			.setStartTimeUnixNano(second(from))
			.setTimeUnixNano(second(to))
			.setAsDouble(value)
			.addAllAttributes(attributes(tags))
			.build();
	}

	/**
	 * A timer in milliseconds with the bounds 10, 20 and 40.
	 */
	static Metric timer(String name, AggregationTemporality temporality, int from, int to, double sum, double max,
			long[] counts, String... tags) {
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
			.setStartTimeUnixNano(second(from))
			.setTimeUnixNano(second(to))
			.setCount(Arrays.stream(counts).sum())
			.setSum(sum)
			.addAllExplicitBounds(List.of(10.0, 20.0, 40.0))
			.addAllAttributes(attributes(tags));
		Arrays.stream(counts).forEach(point::addBucketCounts);
		if (!Double.isNaN(max)) {
			point.setMax(max);
		}
		return Metric.newBuilder()
			.setName(name)
			.setUnit("milliseconds")
			.setHistogram(Histogram.newBuilder().setAggregationTemporality(temporality).addDataPoints(point))
			.build();
	}

	/**
	 * A timer in seconds.
	 */
	static Metric exponential(String name, int second, int scale, int offset, long zeros, double sum, long... counts) {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setStartTimeUnixNano(second(0))
			.setTimeUnixNano(second(second))
			.setScale(scale)
			.setZeroCount(zeros)
			.setCount(zeros + Arrays.stream(counts).sum())
			.setSum(sum);
		point.getPositiveBuilder().setOffset(offset);
		Arrays.stream(counts).forEach((count) -> point.getPositiveBuilder().addBucketCounts(count));
		return Metric.newBuilder()
			.setName(name)
			.setUnit("s")
			.setExponentialHistogram(
					ExponentialHistogram.newBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(point))
			.build();
	}

	private static List<KeyValue> attributes(String... tags) {
		return IntStream.range(0, tags.length / 2)
			.mapToObj((i) -> KeyValue.newBuilder()
				.setKey(tags[2 * i])
				.setValue(AnyValue.newBuilder().setStringValue(tags[2 * i + 1]))
				.build())
			.toList();
	}

}
