package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.AdotProperties;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Meters of the starter itself.
 *
 * @param enabled whether what the starter and the OpenTelemetry SDK count of their own
 * work is shown as Micrometer meters
 */
@ConfigurationProperties(MetersProperties.PREFIX)
record MetersProperties(@DefaultValue("true") boolean enabled) {

	static final String PREFIX = AdotProperties.PREFIX + ".meters";

}
