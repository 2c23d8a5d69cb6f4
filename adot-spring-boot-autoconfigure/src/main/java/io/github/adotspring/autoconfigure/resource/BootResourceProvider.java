package io.github.adotspring.autoconfigure.resource;

import java.util.Objects;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The resource attributes that a Spring Boot application already has:
 * {@code spring.application.group}, {@code management.opentelemetry.resource-attributes}
 * and the deployment environment. The name of the application is upstream's;
 * {@code otel.*} attributes win over all of them.
 */
final class BootResourceProvider implements ResourceProvider {

	/**
	 * After upstream's providers, whose order is 0, and before that of
	 * {@code otel.resource.attributes}.
	 */
	private static final int ORDER = 1000;

	private static final String DISTRO = "adot-spring-boot-starter";

	private final Environment environment;

	private final ResourceProperties properties;

	BootResourceProvider(Environment environment, ResourceProperties properties) {
		this.environment = environment;
		this.properties = properties;
	}

	@Override
	public Resource createResource(ConfigProperties config) {
		AttributesBuilder attributes = Attributes.builder();
		attributes.put("telemetry.distro.name", DISTRO);
		// Never upstream's version beside our name, not even where the manifest is lost.
		attributes.put("telemetry.distro.version",
				Objects.requireNonNullElse(getClass().getPackage().getImplementationVersion(), "unknown"));
		put(attributes, "service.namespace", this.environment.getProperty("spring.application.group"));
		Binder.get(this.environment)
			.bind("management.opentelemetry.resource-attributes", Bindable.mapOf(String.class, String.class))
			.ifBound((configured) -> configured.forEach(attributes::put));
		put(attributes, "deployment.environment.name", this.properties.deploymentEnvironment());
		return Resource.create(attributes.build());
	}

	private static void put(AttributesBuilder attributes, String key, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			attributes.put(key, value);
		}
	}

	@Override
	public int order() {
		return ORDER;
	}

}
