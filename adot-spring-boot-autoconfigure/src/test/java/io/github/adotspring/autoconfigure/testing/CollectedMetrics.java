package io.github.adotspring.autoconfigure.testing;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.delivery.MetricsDelivery;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;

/**
 * A delivery that keeps the metrics it is given.
 */
public final class CollectedMetrics implements MetricsDelivery {

	private final List<ResourceMetrics> messages = new CopyOnWriteArrayList<>();

	@Override
	public CompletableFuture<Outcome> deliver(byte[] otlpMessage) {
		this.messages.addAll(decode(otlpMessage).getResourceMetricsList());
		return CompletableFuture.completedFuture(Outcome.delivered(200));
	}

	private static ExportMetricsServiceRequest decode(byte[] message) {
		try {
			return ExportMetricsServiceRequest.parseFrom(message);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public boolean isDelivered() {
		return true;
	}

	/**
	 * The messages so far, which have one resource each.
	 */
	public List<ResourceMetrics> messages() {
		return this.messages;
	}

	/**
	 * The names of all metrics so far.
	 */
	public List<String> names() {
		return all().map(Metric::getName).distinct().toList();
	}

	/**
	 * A metric as it came last.
	 */
	public Metric metric(String name) {
		return all().filter((metric) -> metric.getName().equals(name))
			.reduce((before, last) -> last)
			.orElseThrow(() -> new AssertionError("There is no " + name + " in " + names()));
	}

	private Stream<Metric> all() {
		return this.messages.stream()
			.flatMap((message) -> message.getScopeMetricsList().stream())
			.flatMap((scope) -> scope.getMetricsList().stream());
	}

	/**
	 * The exemplars of an exponential histogram, those of all messages.
	 */
	public List<Exemplar> exemplars(String name) {
		return all().filter((metric) -> metric.getName().equals(name))
			.flatMap((metric) -> metric.getExponentialHistogram().getDataPointsList().stream())
			.flatMap((point) -> point.getExemplarsList().stream())
			.toList();
	}

	/**
	 * Attributes whose values are strings.
	 */
	public static Map<String, String> strings(List<KeyValue> attributes) {
		return attributes.stream()
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> attribute.getValue().getStringValue()));
	}

}
