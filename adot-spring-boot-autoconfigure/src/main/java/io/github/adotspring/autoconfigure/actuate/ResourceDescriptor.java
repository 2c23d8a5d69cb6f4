package io.github.adotspring.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.resource.ResourceReport;
import org.jspecify.annotations.Nullable;

/**
 * What everything is exported with.
 *
 * @param attributes the attributes by name
 * @param detectors what became of looking for each platform, {@code null} if none was
 * looked for
 */
record ResourceDescriptor(Map<String, Object> attributes, @Nullable List<DetectorDescriptor> detectors) {

	static ResourceDescriptor of(ExportedResource resource, @Nullable ResourceReport report) {
		Map<String, Object> attributes = new TreeMap<>();
		resource.resource().getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
		List<DetectorDescriptor> detectors = (report != null) ? report.detectors()
			.stream()
			.map((detector) -> DetectorDescriptor.of(detector, attributes.keySet()))
			.toList() : List.of();
		return new ResourceDescriptor(attributes, detectors.isEmpty() ? null : detectors);
	}

}
