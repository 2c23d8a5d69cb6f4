package io.github.adotspring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The switches of the starter as a whole.
 *
 * @param enabled whether the starter and the OpenTelemetry SDK it sets up are on
 * @param failFast whether the application refuses to start on a configuration that can't
 * export, instead of warning once
 * @param export where telemetry goes
 */
@ConfigurationProperties(AdotProperties.PREFIX)
public record AdotProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean failFast,
		@DefaultValue Export export) {

	/**
	 * The prefix of every property of the starter.
	 */
	public static final String PREFIX = "management.adot";

	/**
	 * Where telemetry goes.
	 *
	 * @param to destination of every signal that does not name its own
	 */
	public record Export(@DefaultValue("auto") ExportTo to) {

	}

}
