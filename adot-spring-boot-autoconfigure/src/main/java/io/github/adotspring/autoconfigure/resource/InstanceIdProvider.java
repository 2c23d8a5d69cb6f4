package io.github.adotspring.autoconfigure.resource;

import java.util.UUID;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Gives the instance of the service an id that no other has, in case nobody else does:
 * the part of upstream that would comes with the declarative configuration, which the
 * starter leaves out. Platforms have names for machines, tasks and pods, and none for one
 * process.
 */
final class InstanceIdProvider implements ResourceProvider {

	/** Before all others. */
	private static final int ORDER = -2000;

	@Override
	public Resource createResource(ConfigProperties config) {
		return Resource.create(Attributes.builder().put("service.instance.id", UUID.randomUUID().toString()).build());
	}

	@Override
	public int order() {
		return ORDER;
	}

}
