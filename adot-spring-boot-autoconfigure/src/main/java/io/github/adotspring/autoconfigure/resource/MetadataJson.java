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
	 * @param text the object
	 * @param source where it came from
	 * @throws IOException if the text is anything else; it does not quote the text
	 */
	static MetadataJson parse(String text, String source) throws IOException {
		JsonNode node = text.isBlank() ? null : parseNode(text, source);
		if (node == null || !node.isObject()) {
			throw new IOException(source + " is not an object of JSON");
		}
		return new MetadataJson(node.asObject());
	}

	private static JsonNode parseNode(String text, String source) throws IOException {
		try {
			return JsonNode.parser().parse(text);
		}
		catch (RuntimeException ex) {
			throw new IOException(source + " is not JSON");
		}
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
