package io.github.adotspring.autoconfigure.amp;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

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

/**
 * Makes OTLP metrics, sums and histograms since a start.
 */
final class OtlpMetrics {

	private OtlpMetrics() {
	}

	static byte[] message(Metric.Builder... metrics) {
		return message(scope(metrics));
	}

	static byte[] message(ScopeMetrics.Builder scope, KeyValue... resource) {
		ResourceMetrics.Builder metrics = ResourceMetrics.newBuilder().addScopeMetrics(scope);
		metrics.getResourceBuilder().addAllAttributes(Arrays.asList(resource));
		return ExportMetricsServiceRequest.newBuilder().addResourceMetrics(metrics).build().toByteArray();
	}

	static ScopeMetrics.Builder scope(Metric.Builder... metrics) {
		ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
		for (Metric.Builder metric : metrics) {
			scope.addMetrics(metric);
		}
		return scope;
	}

	static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	static KeyValue attribute(String key, AnyValue.Builder value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	static long nanos(Instant time) {
		return time.getEpochSecond() * 1_000_000_000L + time.getNano();
	}

	static NumberDataPoint.Builder number(Instant time, double value, KeyValue... attributes) {
		return NumberDataPoint.newBuilder()
			.setTimeUnixNano(nanos(time))
			.setAsDouble(value)
			.addAllAttributes(Arrays.asList(attributes));
	}

	static Metric.Builder gauge(String name, String unit, NumberDataPoint.Builder... points) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
		Arrays.stream(points).forEach(metric.getGaugeBuilder()::addDataPoints);
		return metric;
	}

	static Metric.Builder counter(String name, String unit, NumberDataPoint.Builder... points) {
		Metric.Builder metric = sum(name, unit, points);
		metric.getSumBuilder().setIsMonotonic(true);
		return metric;
	}

	static Metric.Builder sum(String name, String unit, NumberDataPoint.Builder... points) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
		metric.getSumBuilder().setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
		Arrays.stream(points).forEach(metric.getSumBuilder()::addDataPoints);
		return metric;
	}

	static Metric.Builder histogram(String name, String unit, Instant time,
			Consumer<HistogramDataPoint.Builder> point) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
		point.accept(metric.getHistogramBuilder()
			.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
			.addDataPointsBuilder()
			.setTimeUnixNano(nanos(time)));
		return metric;
	}

	static Metric.Builder exponential(String name, String unit, Instant time,
			Consumer<ExponentialHistogramDataPoint.Builder> point) {
		Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
		point.accept(metric.getExponentialHistogramBuilder()
			.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
			.addDataPointsBuilder()
			.setTimeUnixNano(nanos(time)));
		return metric;
	}

}
