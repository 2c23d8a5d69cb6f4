package io.github.adotspring.autoconfigure.metrics;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;

/**
 * Counts the samples that a metric makes in Prometheus, where each bucket of a histogram
 * is one, and so are its sum and its count.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus">OTLP
 * metric points to Prometheus</a>
 */
final class ClassicSamples {

	private static final int SUM_AND_COUNT = 2;

	private static final int INFINITY = 1;

	/**
	 * Classic buckets that an exponential histogram becomes by default: one for each
	 * doubling, from 1 ms to 16 s.
	 */
	private static final int EXPONENTIAL_BOUNDS = 15;

	private ClassicSamples() {
	}

	static long of(Metric metric) {
		return switch (metric.getDataCase()) {
			case GAUGE -> metric.getGauge().getDataPointsCount();
			case SUM -> metric.getSum().getDataPointsCount();
			case HISTOGRAM ->
				metric.getHistogram().getDataPointsList().stream().mapToLong(ClassicSamples::ofHistogram).sum();
			case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount()
					* (long) (EXPONENTIAL_BOUNDS + INFINITY + SUM_AND_COUNT);
			case SUMMARY -> metric.getSummary()
				.getDataPointsList()
				.stream()
				.mapToLong((point) -> point.getQuantileValuesCount() + SUM_AND_COUNT)
				.sum();
			case DATA_NOT_SET -> 0;
		};
	}

	private static long ofHistogram(HistogramDataPoint point) {
		return point.getExplicitBoundsCount() + INFINITY + SUM_AND_COUNT;
	}

}
