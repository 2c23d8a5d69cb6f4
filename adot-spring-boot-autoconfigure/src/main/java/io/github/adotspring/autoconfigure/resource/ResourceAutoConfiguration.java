package io.github.adotspring.autoconfigure.resource;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What the resource says of the application.
 */
@AutoConfiguration
@ConditionalOnEnabledAdot
public final class ResourceAutoConfiguration {

	ResourceAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	BootResourceProvider adotBootResourceProvider(Environment environment) {
		return new BootResourceProvider(environment);
	}

}
