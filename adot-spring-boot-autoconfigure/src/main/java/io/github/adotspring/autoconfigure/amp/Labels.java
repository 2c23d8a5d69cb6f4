package io.github.adotspring.autoconfigure.amp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.opentelemetry.proto.common.v1.KeyValue;

/**
 * What the series of one data point have in common: labels with valid names, each once,
 * in order.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
final class Labels {

	/**
	 * The most labels that AMP takes on a series, whose quota can only be raised from
	 * there.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html">AMP
	 * quotas</a>
	 */
	static final int MAX = 150;

	/** The label with the name of the metric. */
	static final String NAME = "__name__";

	/** What Prometheus does when a scraped label is one of its own. */
	private static final String EXPORTED = "exported_";

	private static final Pattern INVALID = Pattern.compile("[^a-zA-Z0-9]+");

	private static final int LABEL_FIELD = 1;

	private static final int NAME_FIELD = 1;

	private static final int VALUE_FIELD = 2;

	private final TreeMap<String, byte[]> labels = new TreeMap<>();

	private Labels(Map<String, String> labels) {
		labels.forEach((name, value) -> this.labels.put(name, encode(name, value)));
	}

	/**
	 * Make labels of attributes. Keys that become the same name share a label, with their
	 * values joined by semicolons in the order of the keys. A label that would hide one
	 * of ours is renamed.
	 * @param attributes the attributes of a data point
	 * @param own labels of the resource and the scope
	 * @param reserved names that the series need for themselves
	 */
	static Labels of(List<KeyValue> attributes, Map<String, String> own, Set<String> reserved) {
		Map<String, String> labels = text(attributes,
				(name) -> (own.containsKey(name) || reserved.contains(name)) ? EXPORTED + name : name);
		labels.putAll(own);
		return new Labels(labels);
	}

	/**
	 * Make the text of labels.
	 * @param attributes attributes
	 * @param rename makes the name of a label of what is valid as one
	 */
	static Map<String, String> text(List<KeyValue> attributes, UnaryOperator<String> rename) {
		Map<String, String> labels = new TreeMap<>();
		AttributeText.of(attributes).forEach((key, value) -> {
			if (!value.isEmpty()) {
				labels.merge(rename.apply(name(key)), value, (first, second) -> first + ";" + second);
			}
		});
		return labels;
	}

	/**
	 * The name of the label for an attribute. Names that begin with two underscores are
	 * Prometheus's own, and never made.
	 */
	private static String name(String key) {
		String name = INVALID.matcher(key).replaceAll("_");
		if (name.isEmpty()) {
			return "_";
		}
		return Character.isDigit(name.charAt(0)) ? "key_" + name : name;
	}

	/**
	 * Labels of a series, the name of its metric included.
	 */
	int size() {
		return this.labels.size() + 1;
	}

	LabelSet named(String metric) {
		return with(Map.of(NAME, metric));
	}

	LabelSet named(String metric, String label, String value) {
		return with(Map.of(NAME, metric, label, value));
	}

	private LabelSet with(Map<String, String> more) {
		TreeMap<String, byte[]> all = new TreeMap<>(this.labels);
		more.forEach((name, value) -> all.put(name, encode(name, value)));
		ProtoWriter writer = new ProtoWriter();
		all.values().forEach(writer::raw);
		return new LabelSet(writer.toByteArray());
	}

	private static byte[] encode(String name, String value) {
		ProtoWriter label = new ProtoWriter().bytes(NAME_FIELD, name.getBytes(StandardCharsets.UTF_8))
			.bytes(VALUE_FIELD, value.getBytes(StandardCharsets.UTF_8));
		return new ProtoWriter().bytes(LABEL_FIELD, label.toByteArray()).toByteArray();
	}

}
