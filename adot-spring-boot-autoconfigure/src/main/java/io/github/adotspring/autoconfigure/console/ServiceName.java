package io.github.adotspring.autoconfigure.console;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * The name of the service that a resource is of.
 */
final class ServiceName {

	private ServiceName() {
	}

	/**
	 * The name, empty if the resource has none.
	 */
	static String of(Resource resource) {
		return resource.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("service.name"))
			.map(KeyValue::getValue)
			.map((value) -> value.getStringValue())
			.findFirst()
			.orElse("");
	}

}
