package io.github.adotspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/configuration.md} the same as the metadata of the properties. With
 * {@code -Dadot.write-configuration-page=true} it writes the page instead.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final String INTRODUCTION = """
			# Configuration

			Every property of the starter. They bind like any other of Spring Boot: from `application.yml`, environment
			variables (`MANAGEMENT_ADOT_EXPORT_TO`), the command line. This page is generated from their metadata.

			In falling order, what decides is `management.adot.*`; then `otel.*` and the `OTEL_*` variables, all of which the
			SDK knows; then Spring Boot's own `management.tracing.*`, `management.opentelemetry.*`,
			`management.logging.export.*` and `management.otlp.metrics.export.*`; then the defaults. Boot's switches
			(`management.tracing.export.enabled=false`, which its test slices set) turn an export off that
			`management.adot.*` chose.

			`management.endpoint.adot` and `management.health.adot` are where Boot has what every endpoint and every health
			contributor can be told.
			""";

	@Test
	void pageIsThatOfTheMetadata() throws IOException {
		String expected = page();
		if (Boolean.getBoolean("adot.write-configuration-page")) {
			Files.writeString(PAGE, expected);
		}
		assertThat(PAGE).as("run the tests with -Dadot.write-configuration-page=true to write it").hasContent(expected);
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString())
				.as(property.path("name").asString())
				.isNotBlank());
	}

	private String page() {
		Map<String, List<JsonNode>> sections = properties().stream()
			.collect(Collectors.groupingBy(ConfigurationPageTests::section, TreeMap::new, Collectors.toList()));
		StringBuilder page = new StringBuilder(INTRODUCTION);
		sections.forEach((section, properties) -> {
			page.append("\n## ").append(section).append("\n\n");
			page.append("| property | type | default | meaning |\n|---|---|---|---|\n");
			properties.forEach((property) -> page.append(row(property)));
		});
		return page.toString();
	}

	private static String row(JsonNode property) {
		JsonNode defaultValue = property.path("defaultValue");
		String description = property.path("description").asString();
		return "| `%s` | %s | %s | %s |\n".formatted(property.path("name").asString(),
				type(property.path("type").asString()),
				defaultValue.isMissingNode() ? "" : "`" + defaultValue.asString() + "`",
				Character.toUpperCase(description.charAt(0)) + description.substring(1).replace("|", "\\|"));
	}

	private static String type(String type) {
		try {
			Class<?> loaded = Class.forName(type, false, ConfigurationPageTests.class.getClassLoader());
			if (loaded.isEnum()) {
				return List.of(loaded.getEnumConstants())
					.stream()
					.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
					.collect(Collectors.joining(", "));
			}
			return loaded.getSimpleName();
		}
		catch (ClassNotFoundException ex) {
			return type.replaceAll("[a-z]+\\.|\\w+\\$", "").replace("<", " of ").replace(">", "");
		}
	}

	private static String section(JsonNode property) {
		String name = property.path("name").asString();
		String[] parts = name.split("\\.");
		if (!name.startsWith(AdotProperties.PREFIX)) {
			return "`" + String.join(".", List.of(parts).subList(0, 3)) + "`";
		}
		boolean own = parts.length > 3 && !parts[2].equals("export");
		return "`" + AdotProperties.PREFIX + (own ? "." + parts[2] : "") + "`";
	}

	private List<JsonNode> properties() {
		try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(metadata).path("properties").valueStream().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
