package io.github.adotspring.autoconfigure.resource;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * An object of JSON whose members are there or not, and of the expected type or not.
 */
final class MetadataJson {

	private final Map<String, JsonNode> members;

	private MetadataJson(Map<String, JsonNode> members) {
		this.members = members;
	}

	/**
	 * Read an object.
	 * @throws IOException if the text is anything else
	 */
	static MetadataJson parse(String text) throws IOException {
		JsonNode node;
		try {
			node = JsonNode.parser().parse(text);
		}
		catch (RuntimeException ex) {
			// It would quote the text.
			throw new IOException("what came is not JSON");
		}
		if (!node.isObject()) {
			throw new IOException("what came is not an object of JSON");
		}
		return new MetadataJson(node.asObject());
	}

	/**
	 * A member that is text or a number.
	 */
	@Nullable String text(String name) {
		JsonNode member = this.members.get(name);
		if (member == null) {
			return null;
		}
		return member.isString() ? member.asString() : (member.isNumber() ? member.asNumber() : null);
	}

	/**
	 * A member that is an object, an empty one if it is none.
	 */
	MetadataJson object(String name) {
		JsonNode member = this.members.get(name);
		return new MetadataJson((member != null && member.isObject()) ? member.asObject() : Map.of());
	}

}
