package io.github.adotspring.autoconfigure.resource;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.opentelemetry.sdk.OpenTelemetrySdk;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application as users start it, in a place of the test's choice.
 */
final class DetectedApplication implements AutoCloseable {

	private final AwsEndpoint collector;

	private final ConfigurableApplicationContext context;

	private DetectedApplication(AwsEndpoint collector, ConfigurableApplicationContext context) {
		this.collector = collector;
		this.context = context;
	}

	static DetectedApplication start(Place place, String... properties) {
		return start(place, Application.class, properties);
	}

	static DetectedApplication start(Place place, Class<?> source, String... properties) {
		return start(place, new SpringApplicationBuilder(source), properties);
	}

	static DetectedApplication start(Place place, SpringApplicationBuilder application, String... properties) {
		AwsEndpoint collector = AwsEndpoint.withoutSignature();
		String[] arguments = Stream
			.concat(Stream.of("management.adot.export.to=collector",
					"management.adot.collector.endpoint=" + collector.url(), "management.adot.metrics.export.to=none",
					"management.adot.logging.export.to=none", "spring.main.banner-mode=off",
					"spring.main.register-shutdown-hook=false", "management.adot.resource.timeout=20s"),
					Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		application.web(WebApplicationType.NONE)
			.application()
			.addBootstrapRegistryInitializer(
					(registry) -> registry.register(Surroundings.class, InstanceSupplier.of(place.surroundings())));
		try {
			return new DetectedApplication(collector, application.run(arguments));
		}
		catch (RuntimeException | Error ex) {
			collector.close();
			throw ex;
		}
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * The resource of a span that arrived at the collector.
	 */
	Map<String, Object> exportedResource() {
		OpenTelemetrySdk sdk = bean(OpenTelemetrySdk.class);
		sdk.getTracer("test").spanBuilder("work").startSpan().end();
		assertThat(sdk.getSdkTracerProvider().forceFlush().join(15, TimeUnit.SECONDS).isSuccess()).isTrue();
		return this.collector.awaitSpans(1).get(0).resourceAttributes();
	}

	@Override
	public void close() {
		try (this.collector) {
			this.context.close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
