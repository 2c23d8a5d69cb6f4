package io.github.adotspring.autoconfigure.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the SDK's resource that can be labels of metrics, as a message.
 */
final class ScalarResource {

	private ScalarResource() {
	}

	static Resource of(io.opentelemetry.sdk.resources.Resource resource) {
		Resource.Builder message = Resource.newBuilder();
		resource.getAttributes().forEach((key, value) -> {
			AnyValue scalar = scalar(key, value);
			if (scalar != null) {
				message.addAttributes(KeyValue.newBuilder().setKey(key.getKey()).setValue(scalar));
			}
		});
		return message.build();
	}

	private static @Nullable AnyValue scalar(AttributeKey<?> key, Object value) {
		return switch (key.getType()) {
			case STRING -> AnyValue.newBuilder().setStringValue((String) value).build();
			case BOOLEAN -> AnyValue.newBuilder().setBoolValue((Boolean) value).build();
			case LONG -> AnyValue.newBuilder().setIntValue((Long) value).build();
			case DOUBLE -> AnyValue.newBuilder().setDoubleValue((Double) value).build();
			default -> null;
		};
	}

}
