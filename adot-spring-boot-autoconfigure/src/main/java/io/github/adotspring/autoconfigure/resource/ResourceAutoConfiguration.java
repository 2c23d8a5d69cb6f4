package io.github.adotspring.autoconfigure.resource;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What the resource says of the application and of where it runs.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(ResourceProperties.class)
public final class ResourceAutoConfiguration {

	ResourceAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	BootResourceProvider adotBootResourceProvider(Environment environment, ResourceProperties properties) {
		return new BootResourceProvider(environment, properties);
	}

	@Bean
	@ConditionalOnMissingBean
	InstanceIdProvider adotInstanceIdProvider() {
		return new InstanceIdProvider();
	}

	/**
	 * For contexts that Boot's {@code SpringApplication} did not prepare; in others there
	 * is one already.
	 */
	@Bean
	@ConditionalOnMissingBean
	PlatformDetection adotPlatformDetection() {
		return new PlatformDetection(Surroundings.ofThisProcess());
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotPlatformServiceProvider")
	PlatformResourceProvider adotPlatformServiceProvider(PlatformDetection detection, ResourceProperties properties) {
		return PlatformResourceProvider.ofService(detection, properties);
	}

	@Bean
	@ConditionalOnMissingBean(name = "adotPlatformResourceProvider")
	PlatformResourceProvider adotPlatformResourceProvider(PlatformDetection detection, ResourceProperties properties) {
		return PlatformResourceProvider.ofPlatform(detection, properties);
	}

}
