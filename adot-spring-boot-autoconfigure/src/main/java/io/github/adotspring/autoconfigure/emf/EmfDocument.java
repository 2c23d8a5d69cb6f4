package io.github.adotspring.autoconfigure.emf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.otlp.JsonSlices;
import io.github.adotspring.autoconfigure.otlp.JsonText;

/**
 * One document, which is one event of a log.
 *
 * @param timestamp milliseconds since 1970
 * @param json the document, one line
 * @param bytes its size in UTF-8
 * @param points number of data points, which is that of metrics in its directives
 */
record EmfDocument(long timestamp, String json, int bytes, int points) {

	/** The member that is no metric and no dimension. */
	static final String METADATA = "_aws";

	private static final String DIRECTIVES = "CloudWatchMetrics";

	private static final String METRICS = "Metrics";

	static EmfDocument of(long timestamp, String json, int points) {
		return new EmfDocument(timestamp, json, json.getBytes(StandardCharsets.UTF_8).length, points);
	}

	/**
	 * Read a document.
	 * @throws IllegalArgumentException if it is none
	 */
	static EmfDocument read(String json) {
		Map<String, String> metadata = metadata(JsonSlices.members(json));
		int points = directives(metadata).stream().mapToInt((directive) -> metrics(directive).size()).sum();
		return of(Long.parseLong(member(metadata, "Timestamp")), json, points);
	}

	/**
	 * The same data points in two documents, or this one alone if it has one.
	 */
	List<EmfDocument> halve() {
		if (this.points < 2) {
			return List.of(this);
		}
		Set<String> all = names();
		Set<String> first = all.stream().limit(all.size() / 2).collect(Collectors.toSet());
		Set<String> second = all.stream().filter((name) -> !first.contains(name)).collect(Collectors.toSet());
		return List.of(without(second), without(first));
	}

	/**
	 * The names of the metrics.
	 */
	Set<String> names() {
		return directives(metadata(JsonSlices.members(this.json))).stream()
			.flatMap((directive) -> metrics(directive).stream())
			.map(EmfDocument::name)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private EmfDocument without(Set<String> names) {
		Map<String, String> members = new LinkedHashMap<>(JsonSlices.members(this.json));
		Map<String, String> metadata = metadata(members);
		List<String> directives = new ArrayList<>();
		int kept = 0;
		for (Map<String, String> directive : directives(metadata)) {
			List<String> metrics = metrics(directive).stream()
				.filter((metric) -> !names.contains(name(metric)))
				.toList();
			if (!metrics.isEmpty()) {
				directive.put(METRICS, "[" + String.join(",", metrics) + "]");
				directives.add(object(directive));
				kept += metrics.size();
			}
		}
		metadata.put(DIRECTIVES, "[" + String.join(",", directives) + "]");
		members.put(METADATA, object(metadata));
		members.keySet().removeAll(names);
		return of(this.timestamp, object(members), kept);
	}

	private static Map<String, String> metadata(Map<String, String> members) {
		return JsonSlices.members(member(members, METADATA));
	}

	private static List<Map<String, String>> directives(Map<String, String> metadata) {
		return JsonSlices.elements(member(metadata, DIRECTIVES)).stream().map(JsonSlices::members).toList();
	}

	private static List<String> metrics(Map<String, String> directive) {
		return JsonSlices.elements(member(directive, METRICS));
	}

	private static String name(String metric) {
		return JsonSlices.unquote(member(JsonSlices.members(metric), "Name"));
	}

	private static String member(Map<String, String> members, String name) {
		String value = members.get(name);
		if (value == null) {
			throw new IllegalArgumentException("Not a document, it lacks " + name);
		}
		return value;
	}

	private static String object(Map<String, String> members) {
		return members.entrySet()
			.stream()
			.map((member) -> JsonText.quote(member.getKey()) + ":" + member.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

}
