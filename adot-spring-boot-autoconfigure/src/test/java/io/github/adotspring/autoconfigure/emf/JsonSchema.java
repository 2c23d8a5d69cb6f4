package io.github.adotspring.autoconfigure.emf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Validates against the keywords of JSON Schema that the schema of EMF is written with,
 * and refuses a schema that has others.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation">JSON Schema
 * validation</a>
 */
final class JsonSchema {

	private static final Set<String> ANNOTATIONS = Set.of("$schema", "title", "$defs");

	private final JsonNode root;

	private final List<String> errors = new ArrayList<>();

	JsonSchema(JsonNode root) {
		this.root = root;
	}

	/**
	 * What is wrong with a value.
	 */
	List<String> validate(JsonNode value) {
		return validate(this.root, value, "$");
	}

	/**
	 * What is wrong with a value by a definition of the schema.
	 */
	List<String> validate(String definition, JsonNode value, String path) {
		return validate(this.root.path("$defs").path(definition), value, path);
	}

	private List<String> validate(JsonNode schema, JsonNode value, String path) {
		JsonSchema validation = new JsonSchema(this.root);
		schema.properties().forEach((keyword) -> {
			if (!ANNOTATIONS.contains(keyword.getKey())) {
				validation.check(keyword.getKey(), keyword.getValue(), schema, value, path);
			}
		});
		return validation.errors;
	}

	private void check(String keyword, JsonNode rule, JsonNode schema, JsonNode value, String path) {
		boolean valid = switch (keyword) {
			case "type" -> isType(rule.asString(), value);
			case "enum" -> rule.valueStream().anyMatch(value::equals);
			case "minimum" -> !value.isNumber() || value.asDouble() >= rule.asDouble();
			case "maximum" -> !value.isNumber() || value.asDouble() <= rule.asDouble();
			case "minLength" -> !value.isString() || length(value) >= rule.asInt();
			case "maxLength" -> !value.isString() || length(value) <= rule.asInt();
			case "pattern" -> !value.isString() || Pattern.compile(rule.asString()).matcher(value.asString()).find();
			case "minItems" -> !value.isArray() || value.size() >= rule.asInt();
			case "maxItems" -> !value.isArray() || value.size() <= rule.asInt();
			case "uniqueItems" -> value.valueStream().allMatch(new HashSet<>()::add);
			case "required" -> !value.isObject() || rule.valueStream().allMatch((name) -> value.has(name.asString()));
			case "additionalProperties" ->
				value.propertyNames().stream().allMatch((name) -> schema.path("properties").has(name));
			case "anyOf" -> rule.valueStream().anyMatch((option) -> validate(option, value, path).isEmpty());
			case "items" -> {
				int index = 0;
				for (JsonNode item : value) {
					this.errors.addAll(validate(rule, item, path + "[" + index++ + "]"));
				}
				yield true;
			}
			case "properties" -> {
				rule.properties()
					.stream()
					.filter((property) -> value.has(property.getKey()))
					.forEach((property) -> this.errors.addAll(validate(property.getValue(),
							value.get(property.getKey()), path + "." + property.getKey())));
				yield true;
			}
			case "$ref" -> {
				this.errors.addAll(validate(this.root.at(rule.asString().substring(1)), value, path));
				yield true;
			}
			default -> throw new IllegalArgumentException("Unknown keyword " + keyword);
		};
		if (!valid) {
			this.errors.add(path + " breaks " + keyword + " " + rule + ": " + value);
		}
	}

	private static int length(JsonNode value) {
		return value.asString().codePointCount(0, value.asString().length());
	}

	private static boolean isType(String type, JsonNode value) {
		return switch (type) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			default -> throw new IllegalArgumentException("Unknown type " + type);
		};
	}

}
