package io.github.adotspring.autoconfigure.otlp;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.otlp.DeltaSeries.Key;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/**
 * Puts what was added since the last message in the place of what was counted since the
 * start, before a destination that wants the one while others get the other. Sums that
 * only rise and histograms change; gauges, sums that can fall, summaries and what is
 * delta already stay.
 * <p>
 * The first point of a series, and the first after its count began again, is what was
 * counted since the start. The last point of each series is kept, of a bounded number of
 * series. Where there is no room for another, one that was not seen for ten minutes is
 * forgotten; if there is none, the other has no points, so that those that are known go
 * on. Once a series was forgotten, one that is not known can be that one, and begins
 * without a point: what was counted before would be counted twice.
 * <p>
 * Safe to be used by many threads at once. Messages of one series have to come in their
 * order.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/metrics/data-model/#temporality">Temporality</a>
 */
public final class CumulativeToDelta implements MessageSplitter {

	private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

	private final MessageSplitter next;

	private final DeltaSeries<NumberDataPoint> sums;

	private final DeltaSeries<HistogramDataPoint> histograms;

	private final DeltaSeries<ExponentialHistogramDataPoint> exponentialHistograms;

	/**
	 * Create a new instance.
	 * @param next makes the requests of what was added
	 * @param maxSeries number of series of each kind whose last point is kept
	 */
	public CumulativeToDelta(MessageSplitter next, int maxSeries) {
		this.next = next;
		this.sums = new DeltaSeries<>(new CumulativeSums(), maxSeries);
		this.histograms = new DeltaSeries<>(new CumulativeHistograms(), maxSeries);
		this.exponentialHistograms = new DeltaSeries<>(new CumulativeExponentialHistograms(), maxSeries);
	}

	@Override
	public Split split(byte[] message) {
		ExportMetricsServiceRequest.Builder deltas = read(message);
		DroppedPoints withheld = new DroppedPoints();
		for (ResourceMetrics.Builder resource : deltas.getResourceMetricsBuilderList()) {
			for (ScopeMetrics.Builder scope : resource.getScopeMetricsBuilderList()) {
				scope.getMetricsBuilderList().forEach((metric) -> convert(resource, scope, metric, withheld));
			}
		}
		Split split = this.next.split(deltas.build().toByteArray());
		List<Dropped> dropped = new ArrayList<>(withheld.toList());
		dropped.addAll(split.dropped());
		return new Split(split.parts(), dropped, split.removedAttributes());
	}

	@Override
	public Split halve(byte[] request) {
		return this.next.halve(request);
	}

	@Override
	public List<Part> last() {
		return this.next.last();
	}

	private void convert(ResourceMetrics.Builder resource, ScopeMetrics.Builder scope, Metric.Builder metric,
			DroppedPoints withheld) {
		switch (metric.getDataCase()) {
			case SUM -> {
				Sum.Builder sum = metric.getSumBuilder();
				if (sum.getIsMonotonic() && isCumulative(sum.getAggregationTemporality())) {
					List<NumberDataPoint> deltas = this.sums.convert(key(resource, scope, metric),
							sum.getDataPointsList(), withheld);
					sum.setAggregationTemporality(DELTA).clearDataPoints().addAllDataPoints(deltas);
				}
			}
			case HISTOGRAM -> {
				Histogram.Builder histogram = metric.getHistogramBuilder();
				if (isCumulative(histogram.getAggregationTemporality())) {
					List<HistogramDataPoint> deltas = this.histograms.convert(key(resource, scope, metric),
							histogram.getDataPointsList(), withheld);
					histogram.setAggregationTemporality(DELTA).clearDataPoints().addAllDataPoints(deltas);
				}
			}
			case EXPONENTIAL_HISTOGRAM -> {
				ExponentialHistogram.Builder histogram = metric.getExponentialHistogramBuilder();
				if (isCumulative(histogram.getAggregationTemporality())) {
					List<ExponentialHistogramDataPoint> deltas = this.exponentialHistograms
						.convert(key(resource, scope, metric), histogram.getDataPointsList(), withheld);
					histogram.setAggregationTemporality(DELTA).clearDataPoints().addAllDataPoints(deltas);
				}
			}
			case GAUGE, SUMMARY, DATA_NOT_SET -> {
				// Nothing that is counted since a start.
			}
		}
	}

	private static boolean isCumulative(AggregationTemporality temporality) {
		return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
	}

	private static Key key(ResourceMetrics.Builder resource, ScopeMetrics.Builder scope, Metric.Builder metric) {
		return new Key(resource.getResource(), scope.getScope(), metric.getName(), metric.getUnit(), Set.of());
	}

	private static ExportMetricsServiceRequest.Builder read(byte[] message) {
		try {
			return ExportMetricsServiceRequest.newBuilder().mergeFrom(message);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException("Not an OTLP message", ex);
		}
	}

}
