package io.github.adotspring.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class AdotEnvironmentPostProcessorTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void metricsAndLogsAreExportedNowhereByDefault() {
		process();
		assertThat(this.environment.getProperty("otel.metrics.exporter")).isEqualTo("none");
		assertThat(this.environment.getProperty("otel.logs.exporter")).isEqualTo("none");
		assertThat(this.environment.getProperty("otel.instrumentation.runtime-telemetry.enabled")).isEqualTo("false");
		assertThat(this.environment.getProperty("otel.instrumentation.logback-appender.enabled")).isEqualTo("false");
	}

	@Test
	void anExporterOfTheUserBringsItsInstrumentationBack() {
		this.environment.withProperty("otel.metrics.exporter", "otlp").withProperty("otel.logs.exporter", "otlp");
		process();
		assertThat(this.environment.getProperty("otel.metrics.exporter")).isEqualTo("otlp");
		assertThat(this.environment.getProperty("otel.instrumentation.runtime-telemetry.enabled")).isNull();
		assertThat(this.environment.getProperty("otel.instrumentation.logback-appender.enabled")).isNull();
	}

	@Test
	void bootsEndpointForLogsMeansThatTheyAreExported() {
		this.environment.withProperty("management.opentelemetry.logging.export.otlp.endpoint", "http://localhost:4318");
		process();
		assertThat(this.environment.getProperty("otel.logs.exporter")).isEqualTo("otlp");
		this.environment.withProperty("management.logging.export.enabled", "false");
		assertThat(this.environment.getProperty("otel.logs.exporter")).isEqualTo("none");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, off", "otel.traces.exporter, OTLP, off", "otel.traces.exporter, logging, -",
					"otel.exporter.otlp.protocol, grpc, -", "otel.exporter.otlp.traces.protocol, http/protobuf, off",
					"management.opentelemetry.tracing.export.otlp.transport, grpc, -" })
	void theSdkIsSilentAboutAFullQueueWhereTheDeliveryTells(@Nullable String property, String value,
			@Nullable String level) {
		if (property != null) {
			this.environment.withProperty(property, value);
		}
		process();
		assertThat(this.environment.getProperty("logging.level.io.opentelemetry.sdk.trace.export.BatchSpanProcessor"))
			.isEqualTo(level);
	}

	@Test
	void theSignerOfAwsDoesNotLogSessionTokens() {
		process();
		assertThat(this.environment
			.getProperty("logging.level.software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner"))
			.isEqualTo("info");
	}

	@Test
	void switchingTheStarterOffSwitchesTheSdkOff() {
		this.environment.withProperty("management.adot.enabled", "false").withProperty("otel.sdk.disabled", "false");
		process();
		assertThat(this.environment.getProperty("otel.sdk.disabled")).isEqualTo("true");
	}

	@Test
	void bootsSwitchSwitchesTheSdkOffUnlessTheUserSaysOtherwise() {
		this.environment.withProperty("management.opentelemetry.enabled", "false");
		process();
		assertThat(this.environment.getProperty("otel.sdk.disabled")).isEqualTo("true");
		this.environment.withProperty("otel.sdk.disabled", "false");
		assertThat(this.environment.getProperty("otel.sdk.disabled")).isEqualTo("false");
	}

	@Test
	void nothingIsOverriddenWhereNothingIsChosen() {
		this.environment.withProperty("otel.traces.exporter", "logging")
			.withProperty("otel.exporter.otlp.protocol", "grpc");
		process();
		assertThat(this.environment.getProperty("otel.traces.exporter")).isEqualTo("logging");
		assertThat(this.environment.getProperty("otel.exporter.otlp.traces.protocol")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "aws, otlp", "console, otlp", "collector, otlp", "none, none", "AWS, otlp" })
	void theStartersDestinationWinsOverTheSdksExporter(String to, String exporter) {
		this.environment.withProperty("otel.traces.exporter", "logging")
			.withProperty("management.adot.tracing.export.to", to);
		process();
		assertThat(this.environment.getProperty("otel.traces.exporter")).isEqualTo(exporter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.tracing.export.enabled", "management.tracing.export.otlp.enabled" })
	void bootsSwitchTurnsTheStartersDestinationOff(String property) {
		this.environment.withProperty("management.adot.export.to", "aws").withProperty(property, "false");
		process();
		assertThat(this.environment.getProperty("otel.traces.exporter")).isEqualTo("none");
	}

	@Test
	void whatGoesToAwsIsNotSentOverGrpc() {
		this.environment.withProperty("management.adot.export.to", "aws")
			.withProperty("otel.exporter.otlp.traces.protocol", "grpc");
		process();
		assertThat(this.environment.getProperty("otel.exporter.otlp.traces.protocol")).isEqualTo("http/protobuf");
	}

	@Test
	void propertiesThatJoinLaterCountToo() {
		process();
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("late", Map.of("management.adot.export.to", "none")));
		assertThat(this.environment.getProperty("otel.traces.exporter")).isEqualTo("none");
	}

	@Test
	void sourcesWorkBesideBootsOwnView() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("user", Map.of("management.adot.export.to", "none")));
		ConfigurationPropertySources.attach(environment);
		new AdotEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(environment, new SpringApplication());
		assertThat(environment.getProperty("otel.traces.exporter")).isEqualTo("none");
	}

	private void process() {
		new AdotEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(this.environment,
				new SpringApplication());
	}

}
