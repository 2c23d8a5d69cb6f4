package io.github.adotspring.autoconfigure.amp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.otlp.Counts;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes series of the data points of a metric.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
final class MetricReader {

	private final HistogramForm form;

	private final BucketBounds bounds;

	MetricReader(HistogramForm form, BucketBounds bounds) {
		this.form = form;
		this.bounds = bounds;
	}

	/**
	 * Read a metric.
	 * @param metric the metric
	 * @param own labels of its resource and scope
	 * @return its data points, in order
	 */
	List<Point> read(Metric metric, Map<String, String> own) {
		return switch (metric.getDataCase()) {
			case GAUGE -> read(metric.getGauge().getDataPointsList(), (point) -> number(metric, point, own));
			case SUM -> read(metric.getSum().getDataPointsList(), metric.getSum().getAggregationTemporality(),
					(point) -> number(metric, point, own));
			case HISTOGRAM -> read(metric.getHistogram().getDataPointsList(),
					metric.getHistogram().getAggregationTemporality(), (point) -> histogram(metric, point, own));
			case EXPONENTIAL_HISTOGRAM -> read(metric.getExponentialHistogram().getDataPointsList(),
					metric.getExponentialHistogram().getAggregationTemporality(),
					(point) -> exponential(metric, point, own));
			case SUMMARY -> read(metric.getSummary().getDataPointsList(), (point) -> summary(metric, point, own));
			case DATA_NOT_SET -> List.of();
		};
	}

	private <T> List<Point> read(List<T> points, AggregationTemporality temporality, Function<T, Point> reader) {
		if (temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE) {
			return read(points, reader);
		}
		return read(points, (point) -> Point.dropped(Reason.WRONG_TEMPORALITY,
				"not cumulative, and Prometheus has only sums since a start"));
	}

	private static <T> List<Point> read(List<T> points, Function<T, Point> reader) {
		return points.stream().map(reader).toList();
	}

	private Point number(Metric metric, NumberDataPoint point, Map<String, String> own) {
		boolean isStale = isStale(point.getFlags());
		if (point.getValueCase() == NumberDataPoint.ValueCase.VALUE_NOT_SET && !isStale) {
			return Point.dropped(Reason.NO_VALUE, "has no value");
		}
		return point(metric, point.getAttributesList(), own, Set.of(), isStale, (name, labels) -> {
			double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
			boolean isCounter = metric.hasSum() && metric.getSum().getIsMonotonic();
			return Point.of(point.getStartTimeUnixNano(), point.getTimeUnixNano(),
					List.of(new Series(labels.named(name), FloatValue.of(value), isCounter)));
		});
	}

	private Point histogram(Metric metric, HistogramDataPoint point, Map<String, String> own) {
		return point(metric, point.getAttributesList(), own, Set.of(SeriesList.LE), isStale(point.getFlags()),
				(name, labels) -> {
					String problem = problem(point);
					if (problem != null) {
						return Point.dropped(Reason.UNSUPPORTED, problem);
					}
					SeriesList series = new SeriesList(name, labels);
					double count = 0;
					for (int i = 0; i < point.getBucketCountsCount(); i++) {
						count += Counts.of(point.getBucketCounts(i));
						if (i < point.getExplicitBoundsCount()) {
							series.bucket(Bound.label(point.getExplicitBounds(i)), count);
						}
					}
					series.count(Math.max(count, Counts.of(point.getCount())));
					if (point.hasSum() || isStale(point.getFlags())) {
						series.sum(point.getSum());
					}
					return Point.of(point.getStartTimeUnixNano(), point.getTimeUnixNano(), series.toList());
				});
	}

	private static @Nullable String problem(HistogramDataPoint point) {
		int counts = point.getBucketCountsCount();
		int bounds = point.getExplicitBoundsCount();
		if (counts > 0 && counts != bounds + 1) {
			return "has %d bounds for %d buckets".formatted(bounds, counts);
		}
		for (int i = 0; i < bounds; i++) {
			if (Double.isNaN(point.getExplicitBounds(i)) || point.getExplicitBounds(i) == Double.POSITIVE_INFINITY
					|| (i > 0 && point.getExplicitBounds(i) <= point.getExplicitBounds(i - 1))) {
				return "has bounds that don't ascend to infinity";
			}
		}
		return null;
	}

	private Point exponential(Metric metric, ExponentialHistogramDataPoint point, Map<String, String> own) {
		boolean isNative = this.form == HistogramForm.NATIVE;
		return point(metric, point.getAttributesList(), own, isNative ? Set.of() : Set.of(SeriesList.LE),
				isStale(point.getFlags()),
				(name, labels) -> isNative ? nativeHistogram(name, labels, point)
						: Point.of(point.getStartTimeUnixNano(), point.getTimeUnixNano(),
								buckets(new SeriesList(name, labels), metric.getUnit(), point)));
	}

	private static Point nativeHistogram(String name, Labels labels, ExponentialHistogramDataPoint point) {
		if (point.getScale() < NativeHistogram.MIN_SCHEMA) {
			return Point.dropped(Reason.UNSUPPORTED, "has scale %d, and native histograms have none below %d"
				.formatted(point.getScale(), NativeHistogram.MIN_SCHEMA));
		}
		return Point.of(point.getStartTimeUnixNano(), point.getTimeUnixNano(),
				List.of(new Series(labels.named(name), NativeHistogram.of(point), true)));
	}

	private List<Series> buckets(SeriesList series, String unit, ExponentialHistogramDataPoint point) {
		ExponentialBuckets buckets = new ExponentialBuckets(point);
		for (Bound bound : this.bounds.of(unit, buckets)) {
			double count = buckets.upTo(bound);
			if (!Double.isNaN(count)) {
				series.bucket(bound.label(), count);
			}
		}
		series.count(Math.max(buckets.total(), Counts.of(point.getCount())));
		if (point.hasSum() || isStale(point.getFlags())) {
			series.sum(point.getSum());
		}
		return series.toList();
	}

	private Point summary(Metric metric, SummaryDataPoint point, Map<String, String> own) {
		return point(metric, point.getAttributesList(), own, Set.of(SeriesList.QUANTILE), isStale(point.getFlags()),
				(name, labels) -> {
					SeriesList series = new SeriesList(name, labels);
					point.getQuantileValuesList()
						.forEach((quantile) -> series.quantile(Bound.label(quantile.getQuantile()),
								quantile.getValue()));
					series.total(Counts.of(point.getCount()));
					series.sum(point.getSum());
					return Point.of(point.getStartTimeUnixNano(), point.getTimeUnixNano(), series.toList());
				});
	}

	private static Point point(Metric metric, List<KeyValue> attributes, Map<String, String> own, Set<String> reserved,
			boolean isStale, Reader reader) {
		String name = MetricName.of(metric);
		if (name == null) {
			return Point.dropped(Reason.INVALID_NAME, "has no letter or digit of ASCII in its name");
		}
		Labels labels = Labels.of(attributes, own, reserved);
		int count = labels.size() + reserved.size();
		if (count > Labels.MAX) {
			return Point.dropped(Reason.TOO_MANY_ATTRIBUTES,
					"has %d labels, and %d are allowed".formatted(count, Labels.MAX));
		}
		Point point = reader.read(name, labels);
		return isStale ? point.stale() : point;
	}

	private static boolean isStale(int flags) {
		return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
	}

	/**
	 * Reads the values of a data point once name and labels are known.
	 */
	@FunctionalInterface
	private interface Reader {

		Point read(String name, Labels labels);

	}

}
