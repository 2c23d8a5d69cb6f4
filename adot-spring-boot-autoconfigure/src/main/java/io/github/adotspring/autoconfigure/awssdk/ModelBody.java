package io.github.adotspring.autoconfigure.awssdk;

import java.util.Optional;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The JSON that a model takes or gives. A body that is something else, or too large to be
 * worth reading, says nothing.
 *
 * @param root the document
 */
record ModelBody(@Nullable JsonNode root) {

	static final ModelBody EMPTY = new ModelBody(null);

	/** Images are sent as JSON too, and have no such parameters worth their reading. */
	private static final int MAX_BYTES = 1024 * 1024;

	static ModelBody of(SdkBytes bytes) {
		byte[] array = bytes.asByteArrayUnsafe();
		if (array.length > MAX_BYTES) {
			return EMPTY;
		}
		try {
			return new ModelBody(JsonNode.parser().parse(array));
		}
		catch (RuntimeException ex) {
			return EMPTY;
		}
	}

	/**
	 * The first number at one of the paths, whose steps are names and indexes.
	 */
	OptionalDouble number(String... paths) {
		for (String path : paths) {
			JsonNode node = at(path);
			if (node != null && node.isNumber()) {
				try {
					return OptionalDouble.of(Double.parseDouble(node.asNumber()));
				}
				catch (NumberFormatException ex) {
					// Not one that an attribute could have.
				}
			}
		}
		return OptionalDouble.empty();
	}

	/**
	 * The first text at one of the paths.
	 */
	Optional<String> text(String... paths) {
		for (String path : paths) {
			JsonNode node = at(path);
			if (node != null && node.isString()) {
				return Optional.of(node.asString());
			}
		}
		return Optional.empty();
	}

	private @Nullable JsonNode at(String path) {
		JsonNode node = this.root;
		for (String step : path.split("\\.")) {
			node = (node != null) ? child(node, step) : null;
		}
		return node;
	}

	private static @Nullable JsonNode child(JsonNode node, String step) {
		if (node.isArray() && step.equals("0")) {
			return node.asArray().isEmpty() ? null : node.asArray().get(0);
		}
		return node.isObject() ? node.field(step).orElse(null) : null;
	}

}
