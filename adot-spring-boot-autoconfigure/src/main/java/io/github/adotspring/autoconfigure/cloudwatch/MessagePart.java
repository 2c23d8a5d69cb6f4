package io.github.adotspring.autoconfigure.cloudwatch;

import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import org.jspecify.annotations.Nullable;

/**
 * A message that some data points of another are copied to, in its order, each with its
 * resource, scope and metric.
 */
final class MessagePart {

	private final ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();

	private ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();

	private ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();

	private Metric.Builder metric = Metric.newBuilder();

	private @Nullable DataPoint last;

	private int items;

	void add(DataPoint point) {
		open(point);
		switch (point.metric().getDataCase()) {
			case GAUGE -> this.metric.getGaugeBuilder().addDataPoints((NumberDataPoint) point.point());
			case SUM -> this.metric.getSumBuilder().addDataPoints((NumberDataPoint) point.point());
			case HISTOGRAM -> this.metric.getHistogramBuilder().addDataPoints((HistogramDataPoint) point.point());
			case EXPONENTIAL_HISTOGRAM -> this.metric.getExponentialHistogramBuilder()
				.addDataPoints((ExponentialHistogramDataPoint) point.point());
			case SUMMARY -> this.metric.getSummaryBuilder().addDataPoints((SummaryDataPoint) point.point());
			case DATA_NOT_SET -> throw new IllegalArgumentException("A data point has a kind");
		}
		this.last = point;
		this.items++;
	}

	/**
	 * What a data point is in is told apart by identity: two metrics that are equal stay
	 * two.
	 */
	private void open(DataPoint point) {
		DataPoint last = this.last;
		boolean sameResource = last != null && last.resource() == point.resource();
		boolean sameScope = last != null && sameResource && last.scope() == point.scope();
		boolean sameMetric = last != null && sameScope && last.metric() == point.metric();
		if (!sameResource) {
			this.resource = this.message.addResourceMetricsBuilder()
				.mergeFrom(point.resource().toBuilder().clearScopeMetrics().buildPartial());
		}
		if (!sameScope) {
			this.scope = this.resource.addScopeMetricsBuilder()
				.mergeFrom(point.scope().toBuilder().clearMetrics().buildPartial());
		}
		if (!sameMetric) {
			this.metric = this.scope.addMetricsBuilder().mergeFrom(withoutPoints(point.metric()));
		}
	}

	private static Metric withoutPoints(Metric metric) {
		Metric.Builder empty = metric.toBuilder();
		switch (metric.getDataCase()) {
			case GAUGE -> empty.getGaugeBuilder().clearDataPoints();
			case SUM -> empty.getSumBuilder().clearDataPoints();
			case HISTOGRAM -> empty.getHistogramBuilder().clearDataPoints();
			case EXPONENTIAL_HISTOGRAM -> empty.getExponentialHistogramBuilder().clearDataPoints();
			case SUMMARY -> empty.getSummaryBuilder().clearDataPoints();
			case DATA_NOT_SET -> {
				// Nothing to leave out.
			}
		}
		return empty.buildPartial();
	}

	int items() {
		return this.items;
	}

	Part build() {
		return new Part(this.message.build().toByteArray(), this.items);
	}

}
