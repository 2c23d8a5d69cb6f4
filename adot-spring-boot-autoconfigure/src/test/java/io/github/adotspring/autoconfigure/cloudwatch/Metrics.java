package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.otlp.DataPoint;
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
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * Makes OTLP metrics.
 */
final class Metrics {

	static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

	static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

	private Metrics() {
	}

	static ExportMetricsServiceRequest message(Metric.Builder... metrics) {
		return message(Resource.newBuilder().addAttributes(attribute("service.name", "shop")), metrics);
	}

	static ExportMetricsServiceRequest message(Resource.Builder resource, Metric.Builder... metrics) {
		ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
		Arrays.stream(metrics).forEach(scope::addMetrics);
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
			.build();
	}

	static KeyValue.Builder attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value));
	}

	static long nanos(Instant time) {
		return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
	}

	static Metric.Builder gauge(double value) {
		return gauge(NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(nanos(NOW)));
	}

	static Metric.Builder gauge(NumberDataPoint.Builder point) {
		Metric.Builder metric = Metric.newBuilder().setName("g");
		metric.getGaugeBuilder().addDataPoints(point);
		return metric;
	}

	static Metric.Builder sum(double value, AggregationTemporality temporality, boolean monotonic) {
		Metric.Builder metric = Metric.newBuilder().setName("s");
		metric.getSumBuilder()
			.setAggregationTemporality(temporality)
			.setIsMonotonic(monotonic)
			.addDataPoints(NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(nanos(NOW)));
		return metric;
	}

	static Metric.Builder histogram(HistogramDataPoint.Builder point) {
		Metric.Builder metric = Metric.newBuilder().setName("h").setUnit("s");
		metric.getHistogramBuilder().setAggregationTemporality(DELTA).addDataPoints(point);
		return metric;
	}

	static Metric.Builder exponential(ExponentialHistogramDataPoint.Builder point) {
		Metric.Builder metric = Metric.newBuilder().setName("e").setUnit("milliseconds");
		metric.getExponentialHistogramBuilder().setAggregationTemporality(DELTA).addDataPoints(point);
		return metric;
	}

	static Metric.Builder summary(SummaryDataPoint.Builder point) {
		Metric.Builder metric = Metric.newBuilder().setName("q");
		metric.getSummaryBuilder().addDataPoints(point);
		return metric;
	}

	/**
	 * The exponential histogram of some positive values, as an SDK makes it: at the
	 * finest scale at which 160 buckets are enough.
	 */
	static ExponentialHistogramDataPoint.Builder exponentialOf(double... values) {
		double[] sorted = Arrays.stream(values).sorted().toArray();
		int scale = 20;
		while (index(sorted[sorted.length - 1], scale) - index(sorted[0], scale) >= 160) {
			scale--;
		}
		int offset = index(sorted[0], scale);
		Long[] counts = new Long[index(sorted[sorted.length - 1], scale) - offset + 1];
		Arrays.fill(counts, 0L);
		for (double value : values) {
			counts[index(value, scale) - offset]++;
		}
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setTimeUnixNano(nanos(NOW))
			.setScale(scale)
			.setCount(values.length)
			.setSum(Arrays.stream(values).sum());
		point.getPositiveBuilder().setOffset(offset).addAllBucketCounts(List.of(counts));
		return point;
	}

	private static int index(double value, int scale) {
		return (int) Math.ceil(Math.scalb(Math.log(value) / Math.log(2), scale)) - 1;
	}

	static List<DataPoint> points(ExportMetricsServiceRequest message) {
		return DataPoint.read(message.toByteArray()).toList();
	}

}
