package io.github.adotspring.autoconfigure.amp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.otlp.DroppedPoints;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;

/**
 * Translates OTLP metrics to Prometheus remote write 1.0. An item is a data point; all
 * series that it becomes are in one request.
 * <p>
 * It remembers the series it has made, so all messages of an application have to go
 * through one translator.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
final class RemoteWriteTranslator implements MessageSplitter {

	private final MetricReader reader;

	private final SentSeries sent;

	private final RequestLimit limit;

	private final Clock clock;

	/**
	 * Create a translator.
	 * @param reader makes series of metrics
	 * @param sent series that were sent, none at first
	 * @param limit how large a request may be
	 * @param clock tells the time of data points without one and of the ends of series
	 */
	RemoteWriteTranslator(MetricReader reader, SentSeries sent, RequestLimit limit, Clock clock) {
		this.reader = reader;
		this.sent = sent;
		this.limit = limit;
		this.clock = clock;
	}

	@Override
	public Split split(byte[] message) {
		ExportMetricsServiceRequest request = parse(message);
		DroppedPoints dropped = new DroppedPoints();
		Translation translation = new Translation(this.sent, this.clock.millis(), dropped);
		for (ResourceMetrics resource : request.getResourceMetricsList()) {
			Target target = Target.of(resource.getResource());
			for (ScopeMetrics scope : resource.getScopeMetricsList()) {
				Map<String, String> labels = target.withScope(scope.getScope());
				for (Metric metric : scope.getMetricsList()) {
					this.reader.read(metric, labels).forEach((point) -> translation.add(metric, point, target));
				}
			}
		}
		List<Part> parts = this.limit.cut(translation.blocks(), dropped);
		return new Split(parts, dropped.toList(), List.of());
	}

	private static ExportMetricsServiceRequest parse(byte[] message) {
		try {
			return ExportMetricsServiceRequest.parseFrom(message);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException("Not an OTLP message", ex);
		}
	}

	@Override
	public Split halve(byte[] request) {
		List<Block> blocks;
		try {
			blocks = WriteRequest.read(request);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Not a remote write request", ex);
		}
		List<Block> points = blocks.stream().filter((block) -> block.items() > 0).toList();
		if (points.size() > 1) {
			int cut = blocks.size() - points.size() + WriteRequest.middle(points);
			return new Split(List.of(WriteRequest.write(blocks.subList(0, cut)),
					WriteRequest.write(blocks.subList(cut, blocks.size()))), List.of(), List.of());
		}
		DroppedPoints dropped = new DroppedPoints();
		points.forEach((point) -> dropped.add(Reason.TOO_LARGE, WriteRequest.name(point),
				"refused as too large alone, in " + request.length + " bytes"));
		return new Split(List.of(), dropped.toList(), List.of());
	}

	/**
	 * Ends all series, so that queries no longer show them. What is sent afterwards
	 * begins them anew.
	 */
	@Override
	public List<Part> last() {
		List<Block> endings = this.sent.endAll(this.clock.millis())
			.stream()
			.map((ending) -> Block.ofSeries(ending.labels(), ending.stale().encode(ending.time())))
			.toList();
		return this.limit.cut(endings, new DroppedPoints());
	}

}
