package io.github.adotspring.autoconfigure.sampling;

import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The pattern that a sampling rule has for an attribute of any type, which has to be
 * there. The keys are made once, since attributes are found by key and type.
 */
final class AttributePattern {

	private final String name;

	private final List<AttributeKey<?>> keys;

	private final Wildcard pattern;

	AttributePattern(String name, String pattern) {
		this.name = name;
		this.keys = List.of(AttributeKey.stringKey(name), AttributeKey.longKey(name), AttributeKey.booleanKey(name),
				AttributeKey.doubleKey(name), AttributeKey.stringArrayKey(name), AttributeKey.longArrayKey(name),
				AttributeKey.booleanArrayKey(name), AttributeKey.doubleArrayKey(name));
		this.pattern = new Wildcard(pattern);
	}

	boolean matches(Attributes attributes) {
		String value = value(attributes);
		return value != null && this.pattern.matches(value);
	}

	@Nullable Mismatch mismatch(Attributes attributes) {
		return matches(attributes) ? null
				: new Mismatch("Attributes[" + this.name + "]", this.pattern.toString(), value(attributes));
	}

	private @Nullable String value(Attributes attributes) {
		for (int i = 0; i < this.keys.size(); i++) {
			Object value = attributes.get(this.keys.get(i));
			if (value != null) {
				return value.toString();
			}
		}
		return null;
	}

}
