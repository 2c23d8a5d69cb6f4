package io.github.adotspring.autoconfigure.resource;

import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.api.common.Attributes;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Detections in a place, waited for.
 */
final class Detections {

	private Detections() {
	}

	/**
	 * Detects with a timeout that ends only tests that went wrong.
	 */
	static PlatformDetection in(Place place, String... properties) {
		return in(place.surroundings(), properties(properties));
	}

	static PlatformDetection in(Surroundings surroundings, ResourceProperties properties) {
		PlatformDetection detection = new PlatformDetection(surroundings);
		detection.await(properties);
		return detection;
	}

	static ResourceProperties properties(String... properties) {
		Map<String, String> all = new HashMap<>(Map.of(ResourceProperties.PREFIX + ".timeout", "20s"));
		for (String property : properties) {
			int equals = property.indexOf('=');
			all.put(ResourceProperties.PREFIX + "." + property.substring(0, equals), property.substring(equals + 1));
		}
		return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate(ResourceProperties.PREFIX,
				ResourceProperties.class);
	}

	/**
	 * What a detection with the default properties found.
	 */
	static Map<String, Object> attributes(PlatformDetection detection) {
		return attributes(detection.await(properties()));
	}

	static Map<String, Object> attributes(Attributes attributes) {
		Map<String, Object> byName = new HashMap<>();
		attributes.forEach((key, value) -> byName.put(key.getKey(), value));
		return byName;
	}

	static DetectorReport report(PlatformDetection detection, DetectorName name) {
		return detection.detectors()
			.stream()
			.filter((report) -> report.detector().equals(name.key()))
			.findFirst()
			.orElseThrow();
	}

}
