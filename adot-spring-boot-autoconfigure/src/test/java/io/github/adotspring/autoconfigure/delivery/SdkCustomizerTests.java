package io.github.adotspring.autoconfigure.delivery;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.logging.LoggingAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.github.adotspring.autoconfigure.tracing.TracingAutoConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link SdkCustomizer}.
 */
final class SdkCustomizerTests {

	@Test
	void tellsTheSdkToExportThroughThePipeline() {
		assertThat(properties(Map.of(), "management.adot.export.to=aws")).containsEntry("otel.traces.exporter", "otlp")
			.containsEntry("otel.exporter.otlp.compression", "gzip");
		assertThat(properties(Map.of(), "management.adot.export.to=none")).containsEntry("otel.traces.exporter",
				"none");
	}

	@Test
	void showsSpansSoonInTheConsoleOnly() {
		assertThat(properties(Map.of())).containsEntry("otel.bsp.schedule.delay", "200ms");
		assertThat(properties(Map.of(), "management.adot.export.to=aws")).doesNotContainKey("otel.bsp.schedule.delay");
	}

	@Test
	void showsLogRecordsSoonInTheConsoleOnly() {
		assertThat(properties(Map.of())).containsEntry("otel.blrp.schedule.delay", "200ms");
		assertThat(properties(Map.of(), "management.adot.export.to=aws")).doesNotContainKey("otel.blrp.schedule.delay");
	}

	@Test
	void tellsTheSdkTheEndpointOfTheCollector() {
		assertThat(properties(Map.of(), "management.adot.collector.endpoint=http://col:4318"))
			.containsEntry("otel.exporter.otlp.endpoint", "http://col:4318");
	}

	@Test
	void explainsThatGrpcNeedsASender() {
		FailureAnalysis analysis = failure(Map.of(), "otel.exporter.otlp.protocol=grpc");
		assertThat(analysis.getDescription()).isEqualTo("Property 'otel.exporter.otlp.protocol' has the value 'grpc', "
				+ "but OTLP over gRPC needs a sender that is not on the class path.");
		assertThat(analysis.getAction()).isEqualTo("Add the dependency "
				+ "'io.opentelemetry:opentelemetry-exporter-sender-okhttp', or use 'http/protobuf'.");
	}

	@Test
	void namesGrpcAsTheUserWroteIt() {
		assertThat(failure(Map.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc")).getDescription())
			.startsWith("Property 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL' has the value 'grpc'");
		assertThat(failure(Map.of(), "management.opentelemetry.tracing.export.otlp.transport=grpc",
				"management.opentelemetry.tracing.export.otlp.endpoint=http://col:4317")
			.getDescription())
			.startsWith("Property 'management.opentelemetry.tracing.export.otlp.transport' has the value 'grpc'");
	}

	@Test
	void explainsThatGrpcNeedsASenderWhereOnlyMetricsTakeIt() {
		assertThat(failure(Map.of(), "otel.exporter.otlp.metrics.protocol=grpc", "otel.metrics.exporter=otlp",
				"management.adot.tracing.export.to=none")
			.getDescription()).startsWith("Property 'otel.exporter.otlp.metrics.protocol' has the value 'grpc'");
	}

	@Test
	void doesNotMindGrpcWhereTracesGoElsewhere() {
		assertThat(properties(Map.of(), "otel.exporter.otlp.protocol=grpc", "management.adot.export.to=aws"))
			.containsEntry("otel.traces.exporter", "otlp");
		assertThat(properties(Map.of(), "otel.exporter.otlp.protocol=grpc", "management.adot.export.to=none"))
			.containsEntry("otel.traces.exporter", "none");
	}

	private static FailureAnalysis failure(Map<String, String> variables, String... properties) {
		return FailureAnalyses.of(catchThrowable(() -> properties(variables, properties)));
	}

	/**
	 * The properties that the SDK is given.
	 */
	private static Map<String, String> properties(Map<String, String> variables, String... properties) {
		Map<String, String> given = new HashMap<>();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
			context.getEnvironment()
				.getPropertySources()
				.replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
			TestPropertyValues.of(properties).applyTo(context);
			context.registerBean(AwsCompute.class, () -> AwsFixtures.compute(Map.of()));
			context.register(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
					TracingAutoConfiguration.class, LoggingAutoConfiguration.class);
			context.refresh();
			context.getBean(SdkCustomizer.class).customize(customizer(given));
		}
		return given;
	}

	@SuppressWarnings("unchecked") // The supplier is of the type that the SDK names.
	private static AutoConfigurationCustomizer customizer(Map<String, String> given) {
		return (AutoConfigurationCustomizer) Proxy.newProxyInstance(SdkCustomizerTests.class.getClassLoader(),
				new Class<?>[] { AutoConfigurationCustomizer.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("addPropertiesSupplier")) {
						given.putAll(((Supplier<Map<String, String>>) arguments[0]).get());
					}
					return proxy;
				});
	}

}
