package io.github.adotspring.autoconfigure.otlp;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/**
 * A data point of any kind in its place in a message.
 *
 * @param resource where it comes from
 * @param scope what made it
 * @param metric the metric that it belongs to
 * @param point the message of its kind
 * @param attributes its attributes
 * @param timeUnixNano its time, which is unsigned, {@code 0} for none
 * @param flags its flags
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/">Metrics
 * data model</a>
 */
public record DataPoint(ResourceMetrics resource, ScopeMetrics scope, Metric metric, Message point,
		List<KeyValue> attributes, long timeUnixNano, int flags) {

	private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Read the data points of a message. Metrics of a kind that this version of OTLP does
	 * not know have none.
	 * @param message an {@code ExportMetricsServiceRequest}, not compressed
	 * @return the data points, in order; those of one metric have the very same metric
	 * @throws UncheckedIOException if the bytes are not such a message
	 */
	public static Stream<DataPoint> read(byte[] message) {
		try {
			return ExportMetricsServiceRequest.parseFrom(message)
				.getResourceMetricsList()
				.stream()
				.flatMap((resource) -> resource.getScopeMetricsList()
					.stream()
					.flatMap((scope) -> scope.getMetricsList()
						.stream()
						.flatMap((metric) -> new Place(resource, scope, metric).points())));
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException("Not an OTLP message", ex);
		}
	}

	/**
	 * Whether it says that there is no value any more.
	 * @return {@code true} for a data point with that flag
	 */
	public boolean isWithoutValue() {
		return (this.flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
	}

	/**
	 * Whether it says when it was measured.
	 * @return {@code false} for a data point that is to be taken for one of now
	 */
	public boolean hasTime() {
		return this.timeUnixNano != 0;
	}

	/**
	 * When it was measured.
	 * @return its time, to the millisecond
	 */
	public Instant time() {
		return Instant.ofEpochMilli(Long.divideUnsigned(this.timeUnixNano, NANOS_PER_MILLI));
	}

	/**
	 * What the data points of a metric are in.
	 *
	 * @param resource where they come from
	 * @param scope what made them
	 * @param metric the metric
	 */
	private record Place(ResourceMetrics resource, ScopeMetrics scope, Metric metric) {

		Stream<DataPoint> points() {
			return switch (this.metric.getDataCase()) {
				case GAUGE -> this.metric.getGauge().getDataPointsList().stream().map(this::number);
				case SUM -> this.metric.getSum().getDataPointsList().stream().map(this::number);
				case HISTOGRAM -> this.metric.getHistogram().getDataPointsList().stream().map(this::histogram);
				case EXPONENTIAL_HISTOGRAM ->
					this.metric.getExponentialHistogram().getDataPointsList().stream().map(this::exponential);
				case SUMMARY -> this.metric.getSummary().getDataPointsList().stream().map(this::summary);
				case DATA_NOT_SET -> Stream.empty();
			};
		}

		private DataPoint number(NumberDataPoint point) {
			return of(point, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
		}

		private DataPoint histogram(HistogramDataPoint point) {
			return of(point, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
		}

		private DataPoint exponential(ExponentialHistogramDataPoint point) {
			return of(point, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
		}

		private DataPoint summary(SummaryDataPoint point) {
			return of(point, point.getAttributesList(), point.getTimeUnixNano(), point.getFlags());
		}

		private DataPoint of(Message point, List<KeyValue> attributes, long timeUnixNano, int flags) {
			return new DataPoint(this.resource, this.scope, this.metric, point, attributes, timeUnixNano, flags);
		}

	}

}
