package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Translates messages for tests. Every document is read with a parser that is not ours
 * and is held against the schema and what a schema can't say.
 */
public final class Documents {

	static final EmfSettings SETTINGS = settings(true, true);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final JsonSchema SCHEMA = new JsonSchema(schema());

	private Documents() {
	}

	static EmfSettings settings(boolean serviceDimensions, boolean resourceAttributes, DimensionRule... rules) {
		return new EmfSettings("shop", "", 60, serviceDimensions, resourceAttributes, List.of(rules), 256 * 1024,
				1_048_550);
	}

	private static JsonNode schema() {
		try (InputStream schema = Documents.class.getResourceAsStream("/emf-schema.json")) {
			return JsonMapper.shared().readTree(schema);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static MessageSplitter lines(EmfSettings settings) {
		return new EmfSplitter(new EmfTranslator(settings, new ManualClock()), new LinesForm());
	}

	/**
	 * The documents of a message without attributes of a service.
	 */
	static List<JsonNode> of(Metrics metrics) {
		return of(settings(false, false), metrics);
	}

	static List<JsonNode> of(EmfSettings settings, Metrics metrics) {
		return of(settings, metrics.message());
	}

	static List<JsonNode> of(EmfSettings settings, ExportMetricsServiceRequest message) {
		Split split = split(settings, message);
		return split.parts().stream().flatMap((part) -> readLines(part.message()).stream()).toList();
	}

	static List<Split.Dropped> dropped(Metrics metrics) {
		return split(SETTINGS, metrics.message()).dropped();
	}

	/**
	 * A split that accounts for every data point.
	 */
	static Split split(EmfSettings settings, ExportMetricsServiceRequest message) {
		Split split = lines(settings).split(message.toByteArray());
		int sent = split.parts().stream().mapToInt(Split.Part::items).sum();
		int dropped = split.dropped().stream().mapToInt(Split.Dropped::items).sum();
		assertThat(sent + dropped).isEqualTo(Metrics.points(message));
		return split;
	}

	static List<JsonNode> readLines(byte[] lines) {
		return new String(lines, StandardCharsets.UTF_8).lines().map(Documents::read).toList();
	}

	/**
	 * Read a document, which must be valid.
	 */
	public static JsonNode read(String json) {
		assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_048_550);
		assertThat(json).doesNotContain("\n", "\r");
		JsonNode document = MAPPER.readTree(json);
		List<String> errors = new ArrayList<>(SCHEMA.validate(document));
		for (JsonNode directive : document.at("/_aws/CloudWatchMetrics")) {
			directive.path("Dimensions")
				.forEach((set) -> set.forEach((name) -> errors
					.addAll(SCHEMA.validate("dimension", document.path(name.asString()), name.asString()))));
			directive.path("Metrics").forEach((metric) -> {
				String name = metric.path("Name").asString();
				errors.addAll(SCHEMA.validate("metric", document.path(name), name));
				errors.addAll(inconsistencies(name, document.path(name)));
			});
		}
		List<String> names = names(document);
		if (names.size() > 100 || new TreeSet<>(names).size() != names.size()) {
			errors.add("metrics " + names);
		}
		assertThat(errors).as(json).isEmpty();
		return document;
	}

	private static List<String> inconsistencies(String name, JsonNode value) {
		if (!value.isObject()) {
			return List.of();
		}
		double mean = value.path("Sum").asDouble() / value.path("Count").asDouble();
		double rounding = Math.abs(mean) * 1e-8;
		boolean isConsistent = value.path("Min").asDouble() <= mean + rounding
				&& value.path("Max").asDouble() >= mean - rounding
				&& value.path("Values").size() == value.path("Counts").size();
		return isConsistent ? List.of() : List.of(name + " contradicts itself: " + value);
	}

	/**
	 * The names of the metrics of a document.
	 */
	public static List<String> names(JsonNode document) {
		return document.at("/_aws/CloudWatchMetrics")
			.valueStream()
			.flatMap((directive) -> directive.path("Metrics").valueStream())
			.map((metric) -> metric.path("Name").asString())
			.toList();
	}

	/**
	 * The only document of a list.
	 */
	static JsonNode only(List<JsonNode> documents) {
		assertThat(documents).hasSize(1);
		return documents.get(0);
	}

	/**
	 * The sets of dimensions of the only directive.
	 */
	static String dimensions(JsonNode document) {
		assertThat(document.at("/_aws/CloudWatchMetrics")).hasSize(1);
		return document.at("/_aws/CloudWatchMetrics/0/Dimensions").toString();
	}

}
