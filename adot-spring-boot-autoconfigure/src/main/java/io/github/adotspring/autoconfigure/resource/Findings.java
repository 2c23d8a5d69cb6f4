package io.github.adotspring.autoconfigure.resource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a detector found, and what it could not find, with the reason.
 */
final class Findings {

	/** No name, id or ARN of AWS is longer; what is, is not one. */
	private static final int MAX_LENGTH = 2048;

	private final AttributesBuilder attributes = Attributes.builder();

	private final Map<String, String> missing = new TreeMap<>();

	/**
	 * Begin with the platform.
	 * @param platform value of {@code cloud.platform}
	 */
	static Findings on(String platform) {
		return new Findings().put("cloud.provider", "aws").put("cloud.platform", platform);
	}

	Findings put(String key, @Nullable String value) {
		if (isUsable(value)) {
			this.attributes.put(key, value);
		}
		return this;
	}

	Findings put(String key, long value) {
		this.attributes.put(key, value);
		return this;
	}

	/**
	 * Add an attribute that is a list by its definition.
	 */
	Findings putOnly(String key, @Nullable String value) {
		if (isUsable(value)) {
			this.attributes.put(AttributeKey.stringArrayKey(key), List.of(value));
		}
		return this;
	}

	Findings missing(String key, String reason) {
		this.missing.put(key, reason);
		return this;
	}

	Attributes attributes() {
		return this.attributes.build();
	}

	Map<String, String> missing() {
		return Map.copyOf(this.missing);
	}

	private static boolean isUsable(@Nullable String value) {
		return value != null && !value.isBlank() && value.length() <= MAX_LENGTH;
	}

}
