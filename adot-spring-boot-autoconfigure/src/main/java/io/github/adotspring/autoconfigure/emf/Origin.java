package io.github.adotspring.autoconfigure.emf;

import java.util.Map;

import io.github.adotspring.autoconfigure.datum.ServiceIdentity;
import io.github.adotspring.autoconfigure.otlp.AttributeText;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * Where metrics come from.
 *
 * @param identity service and environment
 * @param attributes the attributes of the resource as text, sorted by key
 */
record Origin(ServiceIdentity identity, Map<String, String> attributes) {

	static Origin of(ResourceMetrics metrics) {
		Resource resource = metrics.getResource();
		return new Origin(ServiceIdentity.of(resource), AttributeText.of(resource.getAttributesList()));
	}

}
