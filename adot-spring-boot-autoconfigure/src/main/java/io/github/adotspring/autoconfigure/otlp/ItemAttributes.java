package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Attributes in numbers.
 *
 * @param count number of attributes
 * @param bytes bytes of their names and values
 * @param longest characters of the longest value that is a string
 */
record ItemAttributes(int count, long bytes, int longest) {

	static final ItemAttributes EMPTY = new ItemAttributes(0, 0, 0);

	private static final int HISTOGRAM = 9;

	private static final int EXPONENTIAL_HISTOGRAM = 10;

	private static final int RESOURCE_ATTRIBUTES = 1;

	private static final int SCOPE_ATTRIBUTES = 3;

	/**
	 * Those of a data point alone.
	 */
	static ItemAttributes ofPoint(Item point) throws IOException {
		return read(point.value(), attributesField(point));
	}

	/**
	 * At least those of a data point alone, without a look at names and values.
	 */
	static ItemAttributes boundOfPoint(Item point) throws IOException {
		ItemAttributes attributes = EMPTY;
		for (Chunk keyValue : point.value().all(attributesField(point))) {
			attributes = attributes.plus(new ItemAttributes(1, keyValue.length(), keyValue.length()));
		}
		return attributes;
	}

	private static int attributesField(Item point) {
		return switch (point.frame().field()) {
			case HISTOGRAM -> 9;
			case EXPONENTIAL_HISTOGRAM -> 1;
			default -> 7;
		};
	}

	/**
	 * Those of a resource and a scope.
	 */
	static ItemAttributes ofContext(Frame scope) throws IOException {
		return read(scope.at(OtlpMessage.RESOURCE).head(), RESOURCE_ATTRIBUTES)
			.plus(read(scope.head(), SCOPE_ATTRIBUTES));
	}

	private static ItemAttributes read(@Nullable Chunk message, int field) throws IOException {
		ItemAttributes attributes = EMPTY;
		if (message != null) {
			for (Chunk keyValue : message.all(field)) {
				Attribute attribute = Attribute.read(keyValue);
				attributes = attributes.plus(new ItemAttributes(1, attribute.bytes(), attribute.chars()));
			}
		}
		return attributes;
	}

	ItemAttributes plus(ItemAttributes other) {
		return new ItemAttributes(this.count + other.count, this.bytes + other.bytes,
				Math.max(this.longest, other.longest));
	}

	boolean keep(OtlpLimits.Labels limits) {
		return this.count <= limits.count() && this.bytes <= limits.bytes() && this.longest <= limits.valueChars();
	}

}
