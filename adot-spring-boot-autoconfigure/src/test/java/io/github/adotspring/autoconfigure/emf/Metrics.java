package io.github.adotspring.autoconfigure.emf;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/**
 * Makes OTLP messages with metrics of one resource and one scope.
 */
final class Metrics {

	static final Instant NOW = ManualClock.START;

	static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

	private final ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();

	private final ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();

	private String unit = "";

	static Metrics of(String... resourceAttributes) {
		Metrics metrics = new Metrics();
		metrics.resource.getResourceBuilder().addAllAttributes(attributes(resourceAttributes));
		return metrics;
	}

	Metrics scope(String name) {
		this.scope.getScopeBuilder().setName(name);
		return this;
	}

	/**
	 * The unit of the metrics that come next.
	 */
	Metrics unit(String unit) {
		this.unit = unit;
		return this;
	}

	Metrics gauge(String name, double value, String... attributes) {
		return gauge(name, NOW, value, attributes);
	}

	Metrics gauge(String name, Instant time, double value, String... attributes) {
		return add(name,
				(metric) -> metric.getGaugeBuilder()
					.addDataPoints(NumberDataPoint.newBuilder()
						.setTimeUnixNano(nanos(time))
						.setAsDouble(value)
						.addAllAttributes(attributes(attributes))));
	}

	Metrics sum(String name, boolean monotonic, AggregationTemporality temporality, long value) {
		return add(name,
				(metric) -> metric.getSumBuilder()
					.setIsMonotonic(monotonic)
					.setAggregationTemporality(temporality)
					.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(nanos(NOW)).setAsInt(value)));
	}

	Metrics histogram(String name, Consumer<HistogramDataPoint.Builder> customizer) {
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder().setTimeUnixNano(nanos(NOW));
		customizer.accept(point);
		return add(name,
				(metric) -> metric.getHistogramBuilder().setAggregationTemporality(DELTA).addDataPoints(point));
	}

	Metrics exponential(String name, Consumer<ExponentialHistogramDataPoint.Builder> customizer) {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setTimeUnixNano(nanos(NOW));
		customizer.accept(point);
		return add(name,
				(metric) -> metric.getExponentialHistogramBuilder()
					.setAggregationTemporality(DELTA)
					.addDataPoints(point));
	}

	Metrics summary(String name, Consumer<SummaryDataPoint.Builder> customizer) {
		SummaryDataPoint.Builder point = SummaryDataPoint.newBuilder().setTimeUnixNano(nanos(NOW));
		customizer.accept(point);
		return add(name, (metric) -> metric.getSummaryBuilder().addDataPoints(point));
	}

	Metrics add(String name, Consumer<Metric.Builder> customizer) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(this.unit);
		customizer.accept(metric);
		this.scope.addMetrics(metric);
		return this;
	}

	ExportMetricsServiceRequest message() {
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(this.resource.clone().addScopeMetrics(this.scope))
			.build();
	}

	/**
	 * Two messages as one.
	 */
	ExportMetricsServiceRequest with(Metrics other) {
		return message().toBuilder().mergeFrom(other.message()).build();
	}

	static long nanos(Instant time) {
		return Duration.between(Instant.EPOCH, time).toNanos();
	}

	/**
	 * Attributes of keys and values in turn.
	 */
	static List<KeyValue> attributes(String... keysAndValues) {
		return IntStream.range(0, keysAndValues.length / 2)
			.mapToObj((i) -> KeyValue.newBuilder()
				.setKey(keysAndValues[2 * i])
				.setValue(AnyValue.newBuilder().setStringValue(keysAndValues[2 * i + 1]))
				.build())
			.toList();
	}

	static String[] manyAttributes(int count) {
		return IntStream.range(0, count)
			.boxed()
			.flatMap((i) -> Arrays.stream(new String[] { "key%03d".formatted(i), "value" + i }))
			.toArray(String[]::new);
	}

	static int points(ExportMetricsServiceRequest message) {
		return message.getResourceMetricsList()
			.stream()
			.flatMap((resource) -> resource.getScopeMetricsList().stream())
			.flatMap((scope) -> scope.getMetricsList().stream())
			.mapToInt(Metrics::points)
			.sum();
	}

	static int points(Metric metric) {
		return Map.<Metric.DataCase, Integer>of(Metric.DataCase.GAUGE, metric.getGauge().getDataPointsCount(),
				Metric.DataCase.SUM, metric.getSum().getDataPointsCount(), Metric.DataCase.HISTOGRAM,
				metric.getHistogram().getDataPointsCount(), Metric.DataCase.EXPONENTIAL_HISTOGRAM,
				metric.getExponentialHistogram().getDataPointsCount(), Metric.DataCase.SUMMARY,
				metric.getSummary().getDataPointsCount())
			.getOrDefault(metric.getDataCase(), 0);
	}

}
