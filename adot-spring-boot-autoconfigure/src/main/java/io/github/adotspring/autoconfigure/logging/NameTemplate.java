package io.github.adotspring.autoconfigure.logging;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A name with placeholders for attributes of the resource, such as
 * {@code /adot/{service.name}}.
 *
 * @param text the name as the user wrote it
 */
record NameTemplate(String text) {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]{1,255})\\}");

	/**
	 * The name of something with these attributes. What has no such attribute says so.
	 * @param missing told the name of each attribute that is not there
	 */
	String resolve(Resource resource, Consumer<String> missing) {
		return replace((name) -> {
			Object value = value(resource, name);
			if (value == null) {
				missing.accept(name);
			}
			return (value != null) ? value.toString() : "unknown-" + name;
		});
	}

	/**
	 * The name with every placeholder replaced by a letter, which shows whether what is
	 * around them can be in a name.
	 */
	String sample() {
		return replace((name) -> "x");
	}

	private String replace(Function<String, String> values) {
		Function<MatchResult, String> replacement = (placeholder) -> Matcher
			.quoteReplacement(values.apply(placeholder.group(1).strip()));
		return PLACEHOLDER.matcher(this.text).replaceAll(replacement);
	}

	private static @Nullable Object value(Resource resource, String name) {
		return resource.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.filter((attribute) -> attribute.getKey().getKey().equals(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

}
