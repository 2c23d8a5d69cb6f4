package io.github.adotspring.autoconfigure.emf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.datum.MetricText;
import io.github.adotspring.autoconfigure.otlp.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The members of a document that are text: attributes, {@code Service} and
 * {@code Environment}, and attributes of the resource. No two have the same name, and
 * none has that of a metric.
 */
final class Fields {

	/**
	 * Dimensions in one set.
	 */
	static final int MOST_DIMENSIONS = 30;

	private static final String RESOURCE = "otel.resource.";

	private static final String RENAMED = "attribute.";

	private final List<Field> fields = new ArrayList<>();

	private final Set<String> names = new HashSet<>();

	private final Set<String> reserved;

	private Fields(Set<String> reserved) {
		this.reserved = reserved;
	}

	/**
	 * Create the members for some data points.
	 * @param attributes the attributes of the data points, sorted
	 * @param origin where they come from
	 * @param settings which members there are
	 * @param metric a name that no member may have, {@code null} for none
	 */
	static Fields of(Map<String, String> attributes, Origin origin, EmfSettings settings, @Nullable String metric) {
		Fields fields = new Fields(
				(metric != null) ? Set.of(EmfDocument.METADATA, metric) : Set.of(EmfDocument.METADATA));
		attributes.forEach((key, value) -> fields.add(key, value, Kind.ATTRIBUTE));
		if (settings.serviceDimensions()) {
			fields.addUnlessThere("Service", origin.identity().service());
			fields.addUnlessThere("Environment", origin.identity().environment());
		}
		if (settings.resourceAttributes()) {
			origin.attributes().forEach((key, value) -> fields.add(RESOURCE + key, value, Kind.RESOURCE));
		}
		return fields;
	}

	private void addUnlessThere(String name, String value) {
		if (this.fields.stream().noneMatch((field) -> field.name().equalsIgnoreCase(name))) {
			add(name, value, Kind.SERVICE);
		}
	}

	private void add(String key, String value, Kind kind) {
		String clean = MetricText.dimensionName(key);
		String first = this.reserved.contains(clean) ? RENAMED + clean : clean;
		String name = first;
		for (int i = 2; this.reserved.contains(name) || !this.names.add(name); i++) {
			name = first + "_" + i;
		}
		this.fields.add(new Field(key, name, MetricText.dimensionValue(value), kind));
	}

	boolean hasName(String name) {
		return this.names.contains(name);
	}

	/**
	 * Whether there are more than one set takes.
	 */
	boolean isTooManyDimensions() {
		return names(Kind.ATTRIBUTE).size() + names(Kind.SERVICE).size() > MOST_DIMENSIONS;
	}

	/**
	 * The sets of a rule as JSON, less what these data points don't have. Sets that are
	 * then the same are one, or CloudWatch would count twice.
	 */
	String sets(DimensionRule rule) {
		Set<Set<String>> sets = new LinkedHashSet<>();
		for (List<String> keys : rule.dimensions()) {
			sets.add(keys.stream()
				.map(this::name)
				.filter(Objects::nonNull)
				.collect(Collectors.toCollection(LinkedHashSet::new)));
		}
		return sets.stream().map(Fields::json).collect(Collectors.joining(",", "[", "]"));
	}

	private @Nullable String name(String key) {
		return this.fields.stream()
			.filter((field) -> field.key().equals(key))
			.map(Field::name)
			.findFirst()
			.orElse(null);
	}

	/**
	 * One set of all that are dimensions by default, as JSON. If they are too many,
	 * attributes that come last by name are only members.
	 */
	String allDimensions() {
		List<String> service = names(Kind.SERVICE);
		List<String> attributes = names(Kind.ATTRIBUTE);
		int fitting = Math.min(attributes.size(), MOST_DIMENSIONS - service.size());
		List<String> names = new ArrayList<>(attributes.subList(0, fitting));
		names.addAll(service);
		return "[" + json(names) + "]";
	}

	private List<String> names(Kind kind) {
		return this.fields.stream().filter((field) -> field.kind() == kind).map(Field::name).toList();
	}

	private static String json(Collection<String> names) {
		return names.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
	}

	/**
	 * The members as JSON, each after a comma.
	 */
	String json() {
		return this.fields.stream()
			.map((field) -> "," + JsonText.quote(field.name()) + ":" + JsonText.quote(field.value()))
			.collect(Collectors.joining());
	}

	/**
	 * Where a member comes from.
	 */
	private enum Kind {

		ATTRIBUTE, SERVICE, RESOURCE

	}

	/**
	 * A member.
	 *
	 * @param key how rules call it
	 * @param name its name in the document
	 * @param value its value
	 * @param kind where it comes from
	 */
	private record Field(String key, String name, String value, Kind kind) {

	}

}
