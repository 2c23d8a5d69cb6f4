package io.github.adotspring.autoconfigure.metrics;

import java.util.List;
import java.util.stream.Stream;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/**
 * Goes through the data points of a metric, of whichever kind.
 */
final class PointSizes {

	/** A number as text, as most are. */
	private static final int NUMBER = 8;

	/** Count, sum, least and largest of a histogram with their names, and two arrays. */
	private static final int STATISTICS = 90;

	/** A value and how often there is it, each with its comma. */
	private static final int VALUE_AND_COUNT = NUMBER + 4;

	private PointSizes() {
	}

	static void forEach(Metric metric, Visitor visitor) {
		switch (metric.getDataCase()) {
			case GAUGE -> numbers(metric.getGauge().getDataPointsList(), visitor);
			case SUM -> numbers(metric.getSum().getDataPointsList(), visitor);
			case HISTOGRAM -> metric.getHistogram()
				.getDataPointsList()
				.forEach((point) -> visitor.visit(point.getAttributesList(), valueBytes(point),
						histogram(point.getBucketCountsList().stream())));
			case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram()
				.getDataPointsList()
				.forEach((point) -> visitor.visit(point.getAttributesList(), valueBytes(point),
						histogram(Stream.of(point.getPositive(), point.getNegative())
							.flatMap((buckets) -> buckets.getBucketCountsList().stream()))));
			case SUMMARY -> metric.getSummary()
				.getDataPointsList()
				.forEach((point) -> visitor.visit(point.getAttributesList(), valueBytes(point), STATISTICS));
			case DATA_NOT_SET -> {
			}
		}
	}

	private static void numbers(List<NumberDataPoint> points, Visitor visitor) {
		points.forEach((point) -> visitor.visit(point.getAttributesList(), 0, NUMBER));
	}

	private static long histogram(Stream<Long> counts) {
		return STATISTICS + VALUE_AND_COUNT * counts.filter((count) -> count != 0).count();
	}

	private static int valueBytes(HistogramDataPoint point) {
		return point.toBuilder().clearAttributes().clearExemplars().build().getSerializedSize();
	}

	private static int valueBytes(ExponentialHistogramDataPoint point) {
		return point.toBuilder().clearAttributes().clearExemplars().build().getSerializedSize();
	}

	private static int valueBytes(SummaryDataPoint point) {
		return point.toBuilder().clearAttributes().build().getSerializedSize();
	}

	/**
	 * Takes the data points.
	 */
	@FunctionalInterface
	interface Visitor {

		/**
		 * Take a data point.
		 * @param attributes its attributes
		 * @param encodedBytes size in OTLP without attributes and exemplars, {@code 0}
		 * for a number
		 * @param textBytes size of its value in a document, estimated
		 */
		void visit(List<KeyValue> attributes, long encodedBytes, long textBytes);

	}

}
