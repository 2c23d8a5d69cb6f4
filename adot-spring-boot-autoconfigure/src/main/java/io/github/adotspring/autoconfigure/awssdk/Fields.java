package io.github.adotspring.autoconfigure.awssdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Fields of requests and responses by the names that they have in the model of their
 * service, so that no client of a service has to be on the class path.
 */
final class Fields {

	private Fields() {
	}

	/**
	 * The text of a field, {@code null} if it has none.
	 * @param source a request or response
	 * @param path name of the field, with a dot before a field within
	 */
	static @Nullable String text(SdkPojo source, String path) {
		int dot = path.indexOf('.');
		if (dot < 0) {
			return (value(source, path) instanceof String text && !text.isEmpty()) ? text : null;
		}
		return (value(source, path.substring(0, dot)) instanceof SdkPojo nested) ? text(nested, path.substring(dot + 1))
				: null;
	}

	/**
	 * The value of a field, {@code null} if it has none.
	 */
	static @Nullable Object value(SdkPojo source, String name) {
		for (SdkField<?> field : source.sdkFields()) {
			if (field.memberName().equals(name)) {
				return field.getValueOrDefault(source);
			}
		}
		return null;
	}

}
