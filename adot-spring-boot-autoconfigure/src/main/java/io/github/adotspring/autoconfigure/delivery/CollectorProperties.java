package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The OTLP receiver that telemetry goes to instead of AWS.
 *
 * @param endpoint base URL of any OTLP/HTTP receiver, without /v1/traces; by default what
 * otel.exporter.otlp.endpoint says, else http://localhost:4318
 */
@ConfigurationProperties(CollectorProperties.PREFIX)
record CollectorProperties(@Nullable URI endpoint) {

	static final String PREFIX = AdotProperties.PREFIX + ".collector";

	CollectorProperties {
		if (endpoint != null) {
			HttpUrls.requireHttpUrl(PREFIX + ".endpoint", endpoint);
		}
	}

}
