package io.github.adotspring.autoconfigure.resource;

import io.github.adotspring.autoconfigure.AdotProperties;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Begins to find out where the application runs as soon as its properties are known, and
 * hands that over to the application context. A context gets a detection of its own, and
 * nothing is kept beside it.
 */
final class EarlyPlatformDetection implements EnvironmentPostProcessor, Ordered {

	private static final String BEAN = "adotPlatformDetection";

	private final ConfigurableBootstrapContext bootstrap;

	EarlyPlatformDetection(ConfigurableBootstrapContext bootstrap) {
		this.bootstrap = bootstrap;
	}

	/**
	 * Behind the other one of the starter, which may switch it off.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true)
				|| environment.getProperty("otel.sdk.disabled", Boolean.class, false)) {
			return;
		}
		Surroundings given = this.bootstrap.getOrElse(Surroundings.class, null);
		PlatformDetection detection = new PlatformDetection((given != null) ? given : Surroundings.ofThisProcess());
		begin(detection, environment);
		this.bootstrap.addCloseListener((event) -> handOver(detection, event));
	}

	private static void begin(PlatformDetection detection, ConfigurableEnvironment environment) {
		ResourceProperties properties;
		try {
			properties = Binder.get(environment).bindOrCreate(ResourceProperties.PREFIX, ResourceProperties.class);
		}
		catch (RuntimeException ex) {
			// Binding the bean reports it.
			return;
		}
		detection.begin(properties);
	}

	private static void handOver(PlatformDetection detection, BootstrapContextClosedEvent event) {
		event.getApplicationContext().getBeanFactory().registerSingleton(BEAN, detection);
	}

}
