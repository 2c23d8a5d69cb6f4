package io.github.adotspring.autoconfigure.emf;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.adotspring.autoconfigure.otlp.JsonText;

/**
 * A document that takes metrics until it is full. All text in it is ASCII, so that a
 * character is a byte.
 */
final class OpenDocument {

	/** Metrics in one directive, and here in one document. */
	private static final int MOST_METRICS = 100;

	private final EmfSettings settings;

	private final long timestamp;

	private final String fields;

	private final Map<String, StringBuilder> directives = new LinkedHashMap<>();

	private final StringBuilder values = new StringBuilder();

	private final Set<String> names = new HashSet<>();

	private int bytes;

	OpenDocument(EmfSettings settings, long timestamp, String fields) {
		this.settings = settings;
		this.timestamp = timestamp;
		this.fields = fields;
		this.bytes = json().length();
	}

	/**
	 * Take a metric.
	 * @return whether there is room for it
	 */
	boolean add(EmfMetric metric) {
		String definition = metric.definition(this.settings.storageResolution());
		String value = "," + JsonText.quote(metric.name()) + ":" + metric.value();
		boolean isNew = !this.directives.containsKey(metric.dimensions());
		int added = definition.length() + value.length() + 1
				+ (isNew ? directive(metric.dimensions(), "").length() + 1 : 0);
		int limit = this.names.isEmpty() ? this.settings.maxBytes() : this.settings.fullBytes();
		if (this.bytes + added > limit || this.names.size() == MOST_METRICS || !this.names.add(metric.name())) {
			return false;
		}
		StringBuilder directive = this.directives.computeIfAbsent(metric.dimensions(), (key) -> new StringBuilder());
		directive.append(directive.isEmpty() ? "" : ",").append(definition);
		this.values.append(value);
		this.bytes += added;
		return true;
	}

	EmfDocument close() {
		return EmfDocument.of(this.timestamp, json(), this.names.size());
	}

	private String json() {
		StringBuilder json = new StringBuilder(this.bytes + 16);
		json.append("{\"").append(EmfDocument.METADATA).append("\":{\"Timestamp\":").append(this.timestamp);
		json.append(this.settings.metadata()).append(",\"CloudWatchMetrics\":[");
		String separator = "";
		for (Map.Entry<String, StringBuilder> directive : this.directives.entrySet()) {
			json.append(separator).append(directive(directive.getKey(), directive.getValue()));
			separator = ",";
		}
		return json.append("]}").append(this.fields).append(this.values).append('}').toString();
	}

	private String directive(String dimensions, CharSequence metrics) {
		return "{\"Namespace\":" + JsonText.quote(this.settings.namespace()) + ",\"Dimensions\":" + dimensions
				+ ",\"Metrics\":[" + metrics + "]}";
	}

}
