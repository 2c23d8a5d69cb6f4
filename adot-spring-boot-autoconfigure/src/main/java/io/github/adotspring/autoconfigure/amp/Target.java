package io.github.adotspring.autoconfigure.amp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A resource as Prometheus has it: {@code job} and {@code instance} on every series, the
 * rest on {@code target_info}.
 *
 * @param labels {@code job} and {@code instance}, where the resource says them
 * @param info the series {@code target_info}, {@code null} if there is nothing to tell,
 * nothing to join it by, or more than a series can have
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
record Target(Map<String, String> labels, @Nullable LabelSet info) {

	private static final String TARGET_INFO = "target_info";

	private static final String SCOPE = "otel_scope_";

	private static final String SERVICE = "service.name";

	private static final String NAMESPACE = "service.namespace";

	private static final String INSTANCE = "service.instance.id";

	static Target of(Resource resource) {
		Map<String, String> labels = new TreeMap<>();
		String service = attribute(resource, SERVICE);
		String namespace = attribute(resource, NAMESPACE);
		if (!service.isEmpty()) {
			labels.put("job", namespace.isEmpty() ? service : namespace + "/" + service);
		}
		String instance = attribute(resource, INSTANCE);
		if (!instance.isEmpty()) {
			labels.put("instance", instance);
		}
		List<KeyValue> others = resource.getAttributesList()
			.stream()
			.filter((attribute) -> !Set.of(SERVICE, NAMESPACE, INSTANCE).contains(attribute.getKey()))
			.filter((attribute) -> isScalar(attribute.getValue()))
			.toList();
		Labels info = Labels.of(others, labels, Set.of());
		boolean isUseful = !labels.isEmpty() && !others.isEmpty() && info.size() <= Labels.MAX;
		return new Target(labels, isUseful ? info.named(TARGET_INFO) : null);
	}

	/**
	 * The labels that all series of a scope have.
	 */
	Map<String, String> withScope(InstrumentationScope scope) {
		Map<String, String> all = Labels.text(scope.getAttributesList(), (name) -> SCOPE + name);
		all.putAll(this.labels);
		if (!scope.getName().isEmpty()) {
			all.put(SCOPE + "name", scope.getName());
		}
		if (!scope.getVersion().isEmpty()) {
			all.put(SCOPE + "version", scope.getVersion());
		}
		return all;
	}

	private static String attribute(Resource resource, String key) {
		return resource.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.map((attribute) -> AttributeText.of(attribute.getValue()))
			.findFirst()
			.orElse("");
	}

	private static boolean isScalar(AnyValue value) {
		return value.hasStringValue() || value.hasBoolValue() || value.hasIntValue() || value.hasDoubleValue();
	}

}
