package io.github.adotspring.autoconfigure.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/**
 * What the console keeps of a data point.
 *
 * @param series the series that it belongs to
 * @param unit unit of the values
 * @param kind what it measures
 * @param delta whether it tells what came since {@code start} rather than since the
 * series began
 * @param start start of what is counted in nanoseconds since the epoch
 * @param time time of the measurement in nanoseconds since the epoch
 * @param tally what was counted; for a gauge its value
 */
record ConsolePoint(SeriesKey series, String unit, Kind kind, boolean delta, long start, long time, Tally tally) {

	/**
	 * The points of an OTLP message. Those without a value are left out.
	 */
	static List<ConsolePoint> decode(byte[] message) throws InvalidProtocolBufferException {
		List<ConsolePoint> points = new ArrayList<>();
		for (ResourceMetrics resource : ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList()) {
			for (ScopeMetrics scope : resource.getScopeMetricsList()) {
				for (Metric metric : scope.getMetricsList()) {
					decode(scope.getScope().getName(), metric, points);
				}
			}
		}
		return points;
	}

	private static void decode(String scope, Metric metric, List<ConsolePoint> points) {
		switch (metric.getDataCase()) {
			case GAUGE -> metric.getGauge()
				.getDataPointsList()
				.forEach((point) -> add(ofNumber(scope, metric, Kind.GAUGE, false, point), point.getFlags(), points));
			case SUM -> {
				// What can fall is a level and not a count.
				Kind kind = metric.getSum().getIsMonotonic() ? Kind.COUNTER : Kind.GAUGE;
				boolean delta = isDelta(metric.getSum().getAggregationTemporality());
				metric.getSum()
					.getDataPointsList()
					.forEach((point) -> add(ofNumber(scope, metric, kind, delta, point), point.getFlags(), points));
			}
			case HISTOGRAM -> {
				boolean delta = isDelta(metric.getHistogram().getAggregationTemporality());
				metric.getHistogram()
					.getDataPointsList()
					.forEach((point) -> add(of(scope, metric, delta, point), point.getFlags(), points));
			}
			case EXPONENTIAL_HISTOGRAM -> {
				boolean delta = isDelta(metric.getExponentialHistogram().getAggregationTemporality());
				metric.getExponentialHistogram()
					.getDataPointsList()
					.forEach((point) -> add(of(scope, metric, delta, point), point.getFlags(), points));
			}
			case SUMMARY -> metric.getSummary()
				.getDataPointsList()
				.forEach((point) -> add(of(scope, metric, point), point.getFlags(), points));
			case DATA_NOT_SET -> {
			}
		}
	}

	private static void add(ConsolePoint point, int flags, List<ConsolePoint> points) {
		if ((flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) == 0) {
			points.add(point);
		}
	}

	private static boolean isDelta(AggregationTemporality temporality) {
		return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
	}

	private static ConsolePoint ofNumber(String scope, Metric metric, Kind kind, boolean delta, NumberDataPoint point) {
		double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
		return new ConsolePoint(key(scope, metric, point.getAttributesList()), metric.getUnit(), kind, delta,
				point.getStartTimeUnixNano(), point.getTimeUnixNano(), Tally.ofCounter(value));
	}

	private static ConsolePoint of(String scope, Metric metric, boolean delta, HistogramDataPoint point) {
		Tally tally = new Tally(point.getCount(), point.hasSum() ? point.getSum() : Double.NaN,
				point.hasMax() ? point.getMax() : Double.NaN, Buckets.of(point));
		return new ConsolePoint(key(scope, metric, point.getAttributesList()), metric.getUnit(), Kind.DISTRIBUTION,
				delta, point.getStartTimeUnixNano(), point.getTimeUnixNano(), tally);
	}

	private static ConsolePoint of(String scope, Metric metric, boolean delta, ExponentialHistogramDataPoint point) {
		Tally tally = new Tally(point.getCount(), point.hasSum() ? point.getSum() : Double.NaN,
				point.hasMax() ? point.getMax() : Double.NaN, Buckets.of(point));
		return new ConsolePoint(key(scope, metric, point.getAttributesList()), metric.getUnit(), Kind.DISTRIBUTION,
				delta, point.getStartTimeUnixNano(), point.getTimeUnixNano(), tally);
	}

	private static ConsolePoint of(String scope, Metric metric, SummaryDataPoint point) {
		Tally tally = new Tally(point.getCount(), point.getSum(), Double.NaN, Buckets.NONE);
		return new ConsolePoint(key(scope, metric, point.getAttributesList()), metric.getUnit(), Kind.DISTRIBUTION,
				false, point.getStartTimeUnixNano(), point.getTimeUnixNano(), tally);
	}

	private static SeriesKey key(String scope, Metric metric, List<KeyValue> attributes) {
		Map<String, String> tags = new LinkedHashMap<>();
		attributes.forEach((attribute) -> tags.putIfAbsent(attribute.getKey(), text(attribute.getValue())));
		return new SeriesKey(scope, metric.getName(), tags);
	}

	private static String text(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
			case INT_VALUE -> Long.toString(value.getIntValue());
			case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
			default -> "...";
		};
	}

	/**
	 * What a series measures.
	 */
	enum Kind {

		/** How often, or how much in all. */
		COUNTER,

		/** Timers and summaries. */
		DISTRIBUTION,

		/** How much there is now. */
		GAUGE

	}

}
