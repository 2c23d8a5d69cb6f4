package io.github.adotspring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * What the environment says about log records, before there is an application context.
 */
public final class LogsConfiguration {

	/**
	 * The switch of upstream's appender for Logback.
	 */
	static final String LOGBACK = "otel.instrumentation.logback-appender.enabled";

	/**
	 * The switch of upstream's appender for Log4j2.
	 */
	static final String LOG4J = "otel.instrumentation.log4j-appender.enabled";

	private LogsConfiguration() {
	}

	/**
	 * Whether the records of a logging framework are exported.
	 * @param environment the complete environment of the application
	 * @param instrumentation {@code logback-appender} or {@code log4j-appender}
	 * @return {@code false} if they go nowhere, or nobody wants them
	 */
	public static boolean isCaptured(Environment environment, String instrumentation) {
		return isStarterOn(environment) && isExported(environment) && isWanted(environment, instrumentation);
	}

	static boolean isStarterOn(Environment environment) {
		return environment.getProperty(AdotProperties.PREFIX + ".enabled", Boolean.class, true)
				&& !environment.getProperty("otel.sdk.disabled", Boolean.class, false);
	}

	private static boolean isExported(Environment environment) {
		return BootExport.LOGS.switchedOff(environment) == null
				&& !"none".equalsIgnoreCase(environment.getProperty("otel.logs.exporter", "otlp").trim());
	}

	private static boolean isWanted(Environment environment, String instrumentation) {
		Boolean wanted = environment.getProperty(AdotProperties.PREFIX + ".logging.capture.enabled", Boolean.class);
		if (wanted != null) {
			return wanted;
		}
		String switched = setByTheUser(environment, "otel.instrumentation." + instrumentation + ".enabled");
		return (switched != null) ? Boolean.parseBoolean(switched)
				: environment.getProperty("otel.instrumentation.common.default-enabled", Boolean.class, true);
	}

	/**
	 * A value behind the one that {@link OtelOverrides} puts before it.
	 */
	private static @Nullable String setByTheUser(Environment environment, String name) {
		if (!(environment instanceof ConfigurableEnvironment configurable)) {
			return null;
		}
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources
			.from(configurable.getPropertySources())) {
			var value = (source.getUnderlyingSource() instanceof ComputedPropertySource) ? null
					: source.getConfigurationProperty(property);
			if (value != null) {
				return environment.resolvePlaceholders(String.valueOf(value.getValue())).trim();
			}
		}
		return null;
	}

}
