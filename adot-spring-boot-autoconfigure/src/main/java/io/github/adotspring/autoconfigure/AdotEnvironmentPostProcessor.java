package io.github.adotspring.autoconfigure;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Puts the {@code otel.*} properties that follow from the starter's own into the
 * environment, where the conditions of the instrumentation read them. Steps aside for a
 * java agent, and for a class path on which the SDK can't work.
 */
final class AdotEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, Object> STEPPED_ASIDE = Map.of(AdotProperties.PREFIX + ".enabled", "false",
			"otel.sdk.disabled", "true");

	private final Log logger;

	AdotEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(() -> LogFactory.getLog("io.github.adotspring"));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		sources.addFirst(new ComputedPropertySource("adotOverrides", environment, OtelOverrides.properties()));
		sources.addLast(new LastPropertySource(
				new ComputedPropertySource("adotDefaults", environment, OtelDefaults.properties()), environment));
		if (!environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true)) {
			return;
		}
		if (JavaAgent.isAttached(ClassLoader.getSystemClassLoader())) {
			this.logger.warn("An OpenTelemetry java agent is attached and already instruments this application, so the "
					+ "ADOT starter steps aside. Remove the agent to use the starter.");
			sources.addFirst(new MapPropertySource("adotSteppedAside", STEPPED_ASIDE));
			return;
		}
		checkVersions(environment, application.getClassLoader());
	}

	private void checkVersions(ConfigurableEnvironment environment, ClassLoader classLoader) {
		OpenTelemetryVersions versions = OpenTelemetryVersions.detect(classLoader);
		String betterSdk = (versions != null) ? versions.betterSdk() : null;
		if (versions == null || betterSdk == null) {
			return;
		}
		OpenTelemetryVersionException problem = new OpenTelemetryVersionException(versions, betterSdk);
		if (environment.getProperty(AdotProperties.PREFIX + ".fail-fast", Boolean.class, false)) {
			throw problem;
		}
		this.logger.warn(problem.getMessage() + " Telemetry is off. " + problem.fix());
		environment.getPropertySources().addFirst(new MapPropertySource("adotSteppedAside", STEPPED_ASIDE));
	}

}
