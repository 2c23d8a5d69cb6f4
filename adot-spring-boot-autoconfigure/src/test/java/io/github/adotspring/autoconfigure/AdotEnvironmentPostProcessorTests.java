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

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -", "management.adot.logging.export.to=none, none", "management.adot.export.to=none, none",
					"management.adot.logging.export.to=aws, otlp", "otel.logs.exporter=none, none",
					"management.logging.export.enabled=false, -" })
	void theExporterOfLogsFollowsTheirDestination(@Nullable String property, @Nullable String exporter) {
		if (property != null) {
			this.environment.withProperty(property.split("=")[0], property.split("=")[1]);
		}
		process();
		assertThat(this.environment.getProperty("otel.logs.exporter")).isEqualTo(exporter);
	}

	@Test
	void whatMeasuresTheRuntimeIsOffBesideMicrometer() {
		process();
		assertThat(this.environment.getProperty("otel.instrumentation.runtime-telemetry.enabled")).isEqualTo("false");
	}

	@Test
	void upstreamAttachesNoAppenderBesideOurs() {
		this.environment.withProperty("otel.logs.exporter", "otlp")
			.withProperty("otel.instrumentation.logback-appender.enabled", "true");
		process();
		assertThat(this.environment.getProperty("otel.instrumentation.logback-appender.enabled")).isEqualTo("false");
		assertThat(this.environment.getProperty("otel.instrumentation.log4j-appender.enabled")).isEqualTo("false");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, -", "management.otlp.metrics.export.enabled=false, false",
			"management.defaults.metrics.export.enabled=false, -", "management.adot.metrics.export.to=none, false",
			"management.adot.metrics.export.to[0]=NONE, false", "management.adot.export.to=none, false",
			"management.adot.enabled=false, false", "otel.metrics.exporter=logging, -",
			"otel.metrics.exporter=none, false", "management.adot.metrics.export.to=amp, -" })
	void theRegistryIsOffWhereMetricsGoNowhere(@Nullable String property, @Nullable String registryEnabled) {
		set(property);
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.enabled")).isEqualTo(registryEnabled);
	}

	@Test
	void aDestinationWinsOverTheSdksOwnProperty() {
		this.environment.withProperty("otel.metrics.exporter", "none")
			.withProperty("management.adot.export.to", "collector");
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.enabled")).isNull();
	}

	@Test
	void destinationNoneWinsOverBootsSwitch() {
		this.environment.withProperty("management.otlp.metrics.export.enabled", "true")
			.withProperty("management.adot.metrics.export.to", "none");
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.enabled")).isEqualTo("false");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			management.adot.metrics.export.to=none       | otlp    | none
			management.adot.export.to=none               | otlp    | none
			management.adot.metrics.export.to=emf        | none    | otlp
			management.adot.metrics.export.to=amp,emf    | logging | otlp
			management.adot.export.to=aws                | none    | otlp
			management.adot.export.to=collector          | none    | otlp
			management.adot.metrics.export.to=auto       | logging | logging
			management.adot.export.to=auto               | none    | none
			-                                            | logging | logging
			-                                            | -       | -
			""")
	void theStartersDestinationOfMetricsWinsOverTheSdksExporter(@Nullable String property, @Nullable String exporter,
			@Nullable String exporterThen) {
		set(property);
		set((exporter != null) ? "otel.metrics.exporter=" + exporter : null);
		process();
		assertThat(this.environment.getProperty("otel.metrics.exporter")).isEqualTo(exporterThen);
	}

	@Test
	void bootsSwitchTurnsTheStartersDestinationOfMetricsOff() {
		set("management.adot.metrics.export.to=emf");
		set("management.otlp.metrics.export.enabled=false");
		process();
		assertThat(this.environment.getProperty("otel.metrics.exporter")).isEqualTo("none");
	}

	@Test
	void instrumentationMeasuresWhatMicrometerDoesOnlyIfItIsSwitchedOn() {
		this.environment.withProperty("management.adot.metrics.instrumentation", "true");
		process();
		assertThat(this.environment.getProperty("otel.instrumentation.runtime-telemetry.enabled")).isNull();
		this.environment.withProperty("otel.metrics.exporter", "none");
		assertThat(this.environment.getProperty("otel.instrumentation.runtime-telemetry.enabled")).isEqualTo("false");
	}

	/**
	 * Boot's temporality, the SDK's, and what they are then.
	 */
	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			-                                                 | -     | -          | cumulative | -
			-                                                 | delta | -          | delta      | -
			-                                                 | -     | delta      | delta      | delta
			management.adot.metrics.export.to=cloudwatch      | delta | -          | delta      | -
			management.adot.metrics.export.to=collector       | delta | cumulative | delta      | cumulative
			management.adot.metrics.export.to=emf             | -     | -          | delta      | delta
			management.adot.metrics.export.to=EMF             | CUMULATIVE | cumulative | delta | delta
			management.adot.metrics.export.to=emf,cloudwatch-api | cumulative | - | delta      | delta
			management.adot.metrics.export.to=CLOUDWATCH_API  | cumulative | -     | delta      | delta
			management.adot.metrics.export.to[0]=emf          | cumulative | -     | delta      | delta
			management.adot.metrics.export.to=amp             | delta | delta      | cumulative | cumulative
			management.adot.metrics.export.to=amp,emf         | delta | delta      | cumulative | cumulative
			management.adot.metrics.export.to=cloudwatch,emf  | delta | delta      | cumulative | cumulative
			management.adot.metrics.temporality=delta         | -     | cumulative | delta      | delta
			management.adot.metrics.temporality=CUMULATIVE    | delta | delta      | cumulative | cumulative
			""")
	void temporalityIsTheOneThatTheDestinationsCarry(@Nullable String property, @Nullable String boot,
			@Nullable String sdk, String bootThen, @Nullable String sdkThen) {
		set(property);
		set((boot != null) ? "management.otlp.metrics.export.aggregation-temporality=" + boot : null);
		set((sdk != null) ? "otel.exporter.otlp.metrics.temporality.preference=" + sdk : null);
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.aggregation-temporality"))
			.isEqualTo(bootThen);
		assertThat(this.environment.getProperty("otel.exporter.otlp.metrics.temporality.preference"))
			.isEqualTo(sdkThen);
	}

	private void set(@Nullable String property) {
		if (property != null) {
			this.environment.setProperty(property.substring(0, property.indexOf('=')),
					property.substring(property.indexOf('=') + 1));
		}
	}

	@Test
	void histogramsAreExponentialUnlessTheUserSaysOtherwise() {
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.histogram-flavor"))
			.isEqualTo("base2_exponential_bucket_histogram");
		this.environment.withProperty("management.otlp.metrics.export.histogram-flavor", "explicit_bucket_histogram");
		assertThat(this.environment.getProperty("management.otlp.metrics.export.histogram-flavor"))
			.isEqualTo("explicit_bucket_histogram");
	}

	@Test
	void micrometersMetricsAreExportedAsOftenAsTheSdksUnlessTheUserSaysOtherwise() {
		process();
		assertThat(this.environment.getProperty("management.otlp.metrics.export.step")).isNull();
		this.environment.withProperty("otel.metric.export.interval", "30s");
		assertThat(this.environment.getProperty("management.otlp.metrics.export.step")).isEqualTo("30s");
		this.environment.withProperty("management.otlp.metrics.export.step", "10s");
		assertThat(this.environment.getProperty("management.otlp.metrics.export.step")).isEqualTo("10s");
	}

	@Test
	void aLimitOfSeriesIsTheSdksToo() {
		this.environment.withProperty("otel.java.metrics.cardinality.limit", "7");
		process();
		assertThat(this.environment.getProperty("otel.java.metrics.cardinality.limit")).isEqualTo("7");
		this.environment.withProperty("management.adot.metrics.max-series-per-meter", "50");
		assertThat(this.environment.getProperty("otel.java.metrics.cardinality.limit")).isEqualTo("50");
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
