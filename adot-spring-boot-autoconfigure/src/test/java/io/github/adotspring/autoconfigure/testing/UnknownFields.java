package io.github.adotspring.autoconfigure.testing;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.Message;

/**
 * Finds the fields of a decoded message, at any depth, that its definition does not have.
 */
final class UnknownFields {

	private UnknownFields() {
	}

	static List<String> in(Message message) {
		List<String> found = new ArrayList<>();
		collect(message, found);
		return found;
	}

	private static void collect(Message message, List<String> found) {
		String type = message.getDescriptorForType().getName();
		message.getUnknownFields().asMap().keySet().forEach((number) -> found.add(type + "#" + number));
		message.getAllFields().values().forEach((value) -> {
			if (value instanceof Message nested) {
				collect(nested, found);
			}
			else if (value instanceof List<?> values) {
				values.stream()
					.filter(Message.class::isInstance)
					.map(Message.class::cast)
					.forEach((nested) -> collect(nested, found));
			}
		});
	}

}
