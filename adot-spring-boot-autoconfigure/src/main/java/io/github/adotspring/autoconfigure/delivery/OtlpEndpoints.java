package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;

import io.github.adotspring.autoconfigure.ConfiguredValue;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import io.github.adotspring.autoconfigure.delivery.ExportTarget.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Finds the OTLP endpoint of a signal wherever users of OpenTelemetry and of Spring Boot
 * set it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP
 * exporter configuration</a>
 */
final class OtlpEndpoints {

	private static final String DEFAULT_BASE = "http://localhost:4318";

	private static final String GENERAL = "otel.exporter.otlp";

	private final CollectorProperties properties;

	private final Environment environment;

	OtlpEndpoints(CollectorProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/**
	 * The endpoint that is configured, or the default of the specification.
	 */
	Endpoint resolve(Signal signal) {
		Endpoint endpoint = find(signal);
		return (endpoint != null) ? endpoint
				: new Endpoint(URI.create(DEFAULT_BASE + signal.path()), "the specification's default");
	}

	/**
	 * The endpoint that is configured, {@code null} if none is. A protocol counts too:
	 * who sets one has a receiver.
	 */
	@Nullable Endpoint find(Signal signal) {
		if (this.properties.endpoint() != null) {
			return new Endpoint(below(this.properties.endpoint(), signal), CollectorProperties.PREFIX + ".endpoint");
		}
		String own = GENERAL + "." + signal.key();
		ConfiguredValue full = ConfiguredValue.firstOf(this.environment, own + ".endpoint");
		if (full != null) {
			return new Endpoint(url(full), full.origin());
		}
		ConfiguredValue base = ConfiguredValue.firstOf(this.environment, GENERAL + ".endpoint");
		if (base != null) {
			return new Endpoint(below(url(base), signal), base.origin());
		}
		ConfiguredValue boot = ConfiguredValue.firstOf(this.environment, bootProperty(signal));
		if (boot != null) {
			return new Endpoint(url(boot), boot.origin());
		}
		ConfiguredValue protocol = ConfiguredValue.firstOf(this.environment, own + ".protocol", GENERAL + ".protocol");
		return (protocol != null) ? new Endpoint(URI.create(DEFAULT_BASE + signal.path()), protocol.origin()) : null;
	}

	private static String bootProperty(Signal signal) {
		return switch (signal) {
			case TRACES -> "management.opentelemetry.tracing.export.otlp.endpoint";
			case LOGS -> "management.opentelemetry.logging.export.otlp.endpoint";
			case METRICS -> "management.otlp.metrics.export.url";
		};
	}

	private static URI below(URI base, Signal signal) {
		String text = base.toString().replaceFirst("(/v1/(traces|metrics|logs))?/*$", "");
		return URI.create(text + signal.path());
	}

	private static URI url(ConfiguredValue configured) {
		try {
			return HttpUrls.requireHttpUrl(configured.origin(), URI.create(configured.value()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAdotConfigurationException(configured.origin(),
					HttpUrls.withoutSecrets(configured.value()), "an endpoint is a full URL with scheme and host",
					"Write a URL such as 'http://localhost:4318'.");
		}
	}

}
