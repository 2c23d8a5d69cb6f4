package io.github.adotspring.autoconfigure.cloudwatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.datum.MetricText;
import io.github.adotspring.autoconfigure.datum.ServiceIdentity;
import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * The dimensions of a data point: its attributes, sorted by name.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">Dimension</a>
 */
final class MetricDimensions {

	static final int MAX_DIMENSIONS = 30;

	private final Map<String, String> values = new LinkedHashMap<>();

	private MetricDimensions() {
	}

	/**
	 * Make the dimensions of a data point. Service and environment take the room that its
	 * attributes leave.
	 * @param attributes the attributes of the data point
	 * @param identity service and environment, {@code null} to leave them out
	 * @return the dimensions, more than CloudWatch takes if there are so many attributes
	 */
	static List<Dimension> of(List<KeyValue> attributes, @Nullable ServiceIdentity identity) {
		MetricDimensions dimensions = new MetricDimensions();
		AttributeText.of(attributes).forEach(dimensions::add);
		if (identity != null) {
			dimensions.addUnlessThere("Service", identity.service());
			dimensions.addUnlessThere("Environment", identity.environment());
		}
		return dimensions.values.entrySet()
			.stream()
			.map((dimension) -> Dimension.builder().name(dimension.getKey()).value(dimension.getValue()).build())
			.toList();
	}

	private void addUnlessThere(String name, String value) {
		if (this.values.size() < MAX_DIMENSIONS && this.values.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
			add(name, value);
		}
	}

	private void add(String key, String value) {
		this.values.putIfAbsent(MetricText.dimensionName(key), MetricText.dimensionValue(value));
	}

}
