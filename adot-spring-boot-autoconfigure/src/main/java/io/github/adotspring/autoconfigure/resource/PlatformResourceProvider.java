package io.github.adotspring.autoconfigure.resource;

import java.util.function.Predicate;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import io.opentelemetry.sdk.resources.Resource;

/**
 * A part of what the platform says of the process. There are two: what the platform says
 * of the service is there in case the application does not say it itself, and what it
 * says of everything else is better than what the process sees of itself.
 */
final class PlatformResourceProvider implements ResourceProvider {

	/** Before upstream's, whose order is 0. */
	private static final int BEFORE_UPSTREAM = -1000;

	/** After upstream's, and before what Boot's properties say. */
	private static final int AFTER_UPSTREAM = 500;

	private final PlatformDetection detection;

	private final ResourceProperties properties;

	private final Predicate<AttributeKey<?>> part;

	private final int order;

	private PlatformResourceProvider(PlatformDetection detection, ResourceProperties properties,
			Predicate<AttributeKey<?>> part, int order) {
		this.detection = detection;
		this.properties = properties;
		this.part = part;
		this.order = order;
	}

	static PlatformResourceProvider ofService(PlatformDetection detection, ResourceProperties properties) {
		return new PlatformResourceProvider(detection, properties, PlatformResourceProvider::isOfService,
				BEFORE_UPSTREAM);
	}

	static PlatformResourceProvider ofPlatform(PlatformDetection detection, ResourceProperties properties) {
		return new PlatformResourceProvider(detection, properties, (key) -> !isOfService(key), AFTER_UPSTREAM);
	}

	private static boolean isOfService(AttributeKey<?> key) {
		return key.getKey().startsWith("service.");
	}

	@Override
	public Resource createResource(ConfigProperties config) {
		return Resource.create(this.detection.await(this.properties).toBuilder().removeIf(this.part.negate()).build());
	}

	@Override
	public int order() {
		return this.order;
	}

}
