package io.github.adotspring.autoconfigure.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;

/**
 * What an OTLP message amounts to in the units that destinations bill by. CloudWatch
 * counts for each data point its name, all attributes with those of resource and scope,
 * its time and its value.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-otel-pricing.html">OTel
 * metrics pricing and storage</a>
 */
final class MeteredMessage {

	/** The least of what a number costs: its time and its value. */
	private static final int TIME_AND_NUMBER = 16;

	/** A request to PutMetricData takes so many. */
	private static final int POINTS_OF_REQUEST = 1_000;

	/** Of a document without names and values, with the 26 bytes of any log event. */
	private static final int EMPTY_DOCUMENT = 150;

	/** The quotes, colons and commas of a member, and its name as a dimension. */
	private static final int PUNCTUATION = 6;

	private static final int DIMENSION_PUNCTUATION = 3;

	private static final String RESOURCE_MEMBER = "otel.resource.";

	/** The declaration of a metric without its name, with its unit. */
	private static final int DECLARATION = 34;

	/** FNV-1a with 64 bits. */
	private static final long HASH_START = 0xcbf29ce484222325L;

	private static final long HASH_PRIME = 0x100000001b3L;

	private final ToLongFunction<Metric> sampleCounter;

	private final Set<Long> series = new HashSet<>();

	private final Set<Long> documents = new HashSet<>();

	private long dataPoints;

	private long otlpBytes;

	private long documentBytes;

	private long samples;

	private MeteredMessage(ToLongFunction<Metric> sampleCounter) {
		this.sampleCounter = sampleCounter;
	}

	static MeteredMessage read(byte[] message, ToLongFunction<Metric> samples) throws InvalidProtocolBufferException {
		MeteredMessage metered = new MeteredMessage(samples);
		ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList().forEach(metered::add);
		return metered;
	}

	private void add(ResourceMetrics resource) {
		List<KeyValue> attributes = resource.getResource().getAttributesList();
		long bytes = bytes(attributes);
		long members = bytes + (long) attributes.size() * (RESOURCE_MEMBER.length() + PUNCTUATION);
		// Prometheus has the resource as a series of its own.
		this.samples++;
		for (ScopeMetrics scope : resource.getScopeMetricsList()) {
			long contextBytes = bytes + scope.getScope().getNameBytes().size()
					+ scope.getScope().getVersionBytes().size() + bytes(scope.getScope().getAttributesList());
			scope.getMetricsList().forEach((metric) -> add(metric, contextBytes, members));
		}
	}

	private void add(Metric metric, long contextBytes, long resourceMembers) {
		this.samples += this.sampleCounter.applyAsLong(metric);
		PointSizes.forEach(metric, (attributes, histogramBytes, values) -> {
			int name = metric.getNameBytes().size();
			long attributeBytes = bytes(attributes);
			long attributesHash = hash(attributes);
			this.dataPoints++;
			this.series.add(mix(hash(HASH_START, metric.getNameBytes()) + attributesHash));
			this.otlpBytes += name + contextBytes + attributeBytes + Math.max(TIME_AND_NUMBER, histogramBytes);
			if (this.documents.add(attributesHash)) {
				long dimensions = attributes.stream().mapToLong((attribute) -> attribute.getKeyBytes().size()).sum()
						+ (long) attributes.size() * (PUNCTUATION + DIMENSION_PUNCTUATION);
				this.documentBytes += EMPTY_DOCUMENT + resourceMembers + attributeBytes + dimensions;
			}
			this.documentBytes += 2L * name + DECLARATION + PUNCTUATION + values;
		});
	}

	private static long bytes(List<KeyValue> attributes) {
		return attributes.stream()
			.mapToLong((attribute) -> attribute.getKeyBytes().size() + bytes(attribute.getValue()))
			.sum();
	}

	private static long bytes(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValueBytes().size();
			case BOOL_VALUE -> 1;
			case INT_VALUE, DOUBLE_VALUE -> Long.BYTES;
			default -> value.getSerializedSize();
		};
	}

	/**
	 * The same for the same attributes in any order.
	 */
	private static long hash(List<KeyValue> attributes) {
		long sum = 0;
		for (KeyValue attribute : attributes) {
			sum += mix(
					hash(hash(HASH_START, attribute.getKeyBytes()) * HASH_PRIME, attribute.getValue().toByteString()));
		}
		return sum;
	}

	private static long hash(long start, ByteString bytes) {
		long hash = start;
		for (int i = 0; i < bytes.size(); i++) {
			hash = (hash ^ (bytes.byteAt(i) & 0xff)) * HASH_PRIME;
		}
		return hash;
	}

	private static long mix(long hash) {
		long mixed = (hash ^ (hash >>> 32)) * HASH_PRIME;
		return mixed ^ (mixed >>> 29);
	}

	/**
	 * The distinct series, each as a number.
	 */
	Set<Long> series() {
		return this.series;
	}

	Volume volume() {
		return new Volume(this.dataPoints, this.otlpBytes, this.documentBytes,
				(this.dataPoints + POINTS_OF_REQUEST - 1) / POINTS_OF_REQUEST, this.samples);
	}

}
