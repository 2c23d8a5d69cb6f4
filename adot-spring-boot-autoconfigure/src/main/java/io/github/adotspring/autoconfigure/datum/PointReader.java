package io.github.adotspring.autoconfigure.datum;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

import io.github.adotspring.autoconfigure.otlp.Counts;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint.ValueCase;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of data points. Histograms become values and counts, so that
 * percentiles survive; what only knows its count and sum becomes a statistic set.
 * <p>
 * Sums that can fall are levels, and are taken in either temporality: OpenTelemetry sends
 * them cumulative where everything else is delta.
 *
 * @param maxValues the most values that a distribution may have, at least 3
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
public record PointReader(int maxValues) {

	/**
	 * Read a data point.
	 * @param point the data point
	 * @param unit the unit of its metric, which the numbers are converted to
	 * @return what it says
	 */
	public Reading read(DataPoint point, MetricUnit unit) {
		if (point.isWithoutValue()) {
			return nothing();
		}
		if (countsSinceStart(point.metric())) {
			return new Refusal(Reason.WRONG_TEMPORALITY,
					"it counts since the start, CloudWatch takes what was added since the last time");
		}
		return switch (point.metric().getDataCase()) {
			case GAUGE, SUM -> number((NumberDataPoint) point.point(), unit.factor());
			case HISTOGRAM -> histogram((HistogramDataPoint) point.point(), unit.factor());
			case EXPONENTIAL_HISTOGRAM -> histogram((ExponentialHistogramDataPoint) point.point(), unit.factor());
			case SUMMARY -> summary((SummaryDataPoint) point.point(), unit.factor());
			case DATA_NOT_SET -> new Refusal(Reason.UNSUPPORTED, "it is of no known kind");
		};
	}

	private static boolean countsSinceStart(Metric metric) {
		return switch (metric.getDataCase()) {
			case SUM -> metric.getSum().getIsMonotonic() && !isDelta(metric.getSum().getAggregationTemporality());
			case HISTOGRAM -> !isDelta(metric.getHistogram().getAggregationTemporality());
			case EXPONENTIAL_HISTOGRAM -> !isDelta(metric.getExponentialHistogram().getAggregationTemporality());
			case GAUGE, SUMMARY, DATA_NOT_SET -> false;
		};
	}

	private static boolean isDelta(AggregationTemporality temporality) {
		return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
	}

	private static Refusal nothing() {
		return new Refusal(Reason.NO_VALUE, "nothing was recorded");
	}

	private static Reading number(NumberDataPoint point, double factor) {
		if (point.getValueCase() == ValueCase.VALUE_NOT_SET) {
			return nothing();
		}
		double value = (point.getValueCase() == ValueCase.AS_INT) ? point.getAsInt() : point.getAsDouble();
		return Double.isFinite(value) ? checked(new SingleValue(Numbers.normal(value * factor)), value * factor)
				: notANumber(value);
	}

	private Reading histogram(ExponentialHistogramDataPoint point, double factor) {
		double min = limit(point.hasMin(), point.getMin(), factor);
		double max = limit(point.hasMax(), point.getMax(), factor);
		return histogram(Buckets.of(point, factor, min, max), Counts.of(point.getCount()),
				point.hasSum() ? point.getSum() * factor : null, min, max);
	}

	private Reading histogram(HistogramDataPoint point, double factor) {
		double min = limit(point.hasMin(), point.getMin(), factor);
		double max = limit(point.hasMax(), point.getMax(), factor);
		return histogram(Buckets.of(point, factor, min, max), Counts.of(point.getCount()),
				point.hasSum() ? point.getSum() * factor : null, min, max);
	}

	private static double limit(boolean isKnown, double value, double factor) {
		return (isKnown && Double.isFinite(value * factor)) ? value * factor : Double.NaN;
	}

	private Reading histogram(Buckets buckets, double count, @Nullable Double sum, double min, double max) {
		if (!buckets.isEmpty()) {
			return distribution(Distribution.of(buckets, (sum != null) ? sum : Double.NaN, min, max, this.maxValues),
					min, max);
		}
		return (sum != null || count == 0) ? statistics(count, (sum != null) ? sum : 0, min, max)
				: new Refusal(Reason.UNSUPPORTED, "it has neither buckets nor a sum");
	}

	private static Reading distribution(Distribution distribution, double min, double max) {
		Statistics statistics = distribution.statistics();
		return checked(distribution,
				DoubleStream.concat(
						DoubleStream.of(statistics.sum(), distribution.entries().get(0).value(),
								distribution.entries().get(distribution.entries().size() - 1).value()),
						DoubleStream.of(min, max).filter(Double::isFinite))
					.toArray());
	}

	/**
	 * Count and sum of a summary. Its quantiles can't be added up, but the smallest and
	 * the largest value are not inside of them.
	 */
	private static Reading summary(SummaryDataPoint point, double factor) {
		DoubleSummaryStatistics quantiles = point.getQuantileValuesList()
			.stream()
			.mapToDouble(ValueAtQuantile::getValue)
			.map((value) -> value * factor)
			.filter(Double::isFinite)
			.summaryStatistics();
		// Without quantiles these are infinite, which is as good as not known.
		return statistics(Counts.of(point.getCount()), point.getSum() * factor, quantiles.getMin(), quantiles.getMax());
	}

	private static Reading statistics(double count, double sum, double min, double max) {
		if (count == 0) {
			return nothing();
		}
		if (!Double.isFinite(sum)) {
			return notANumber(sum);
		}
		Statistics statistics = Statistics.of(count, sum, min, max);
		return checked(new Statistics(count, Numbers.normal(sum), Numbers.normal(statistics.min()),
				Numbers.normal(statistics.max())), statistics.sum(), statistics.min(), statistics.max());
	}

	private static Refusal notANumber(double value) {
		return new Refusal(Reason.NOT_A_NUMBER, "it is " + value + ", CloudWatch takes numbers");
	}

	private static Reading checked(Reading reading, double... numbers) {
		return DoubleStream.of(numbers)
			.filter((number) -> !Numbers.isInRange(number))
			.mapToObj((number) -> (Reading) new Refusal(Reason.OUT_OF_RANGE,
					String.format(Locale.ROOT, "it has %.3e, -2^360 to 2^360 is allowed", number)))
			.findFirst()
			.orElse(reading);
	}

}
