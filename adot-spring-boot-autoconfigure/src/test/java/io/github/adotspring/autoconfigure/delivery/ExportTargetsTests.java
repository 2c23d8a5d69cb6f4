package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsFixtures;
import io.github.adotspring.autoconfigure.metrics.MetricsAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.FailureAnalyses;
import io.github.adotspring.autoconfigure.tracing.TracingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ExportTargets}, {@link ExportTargetResolver} and
 * {@link OtlpEndpoints}: who decides where a signal goes.
 */
final class ExportTargetsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# nothing is set
					- | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -
					management.adot.export.to=auto | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -

					# the starter's own properties, the signal's first
					management.adot.export.to=aws | AWS | chosen by management.adot.export.to | -
					management.adot.export.to=console | CONSOLE | chosen by management.adot.export.to | -
					management.adot.export.to=none | NONE | chosen by management.adot.export.to | -
					management.adot.tracing.export.to=aws | AWS | chosen by management.adot.tracing.export.to | -
					management.adot.tracing.export.to=console;management.adot.export.to=aws | CONSOLE | chosen by management.adot.tracing.export.to | -
					management.adot.tracing.export.to=auto;management.adot.export.to=aws | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -
					management.adot.export.to=collector | COLLECTOR | endpoint from the specification's default | http://localhost:4318/v1/traces
					management.adot.tracing.export.to=collector;otel.exporter.otlp.endpoint=http://col:4318 | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | http://col:4318/v1/traces
					management.adot.export.to=aws;otel.exporter.otlp.endpoint=http://col:4318 | AWS | chosen by management.adot.export.to | -
					management.adot.export.to=aws;otel.traces.exporter=none | AWS | chosen by management.adot.export.to | -
					management.adot.export.to=none;management.adot.collector.endpoint=http://col:4318 | NONE | chosen by management.adot.export.to | -

					# Boot's switches turn off what is chosen and what is found
					management.adot.export.to=aws;management.tracing.export.enabled=false | NONE | management.tracing.export.enabled is false | -
					management.adot.export.to=aws;management.tracing.export.otlp.enabled=false | NONE | management.tracing.export.otlp.enabled is false | -
					management.tracing.export.enabled=false | NONE | management.tracing.export.enabled is false | -
					management.tracing.export.otlp.enabled=false;management.adot.collector.endpoint=http://col:4318 | NONE | management.tracing.export.otlp.enabled is false | -
					management.tracing.export.enabled=true;management.adot.export.to=aws | AWS | chosen by management.adot.export.to | -
					management.tracing.export.enabled=false;otel.traces.exporter=otlp | COLLECTOR | endpoint from the specification's default | http://localhost:4318/v1/traces

					# otel.traces.exporter
					otel.traces.exporter=none | NONE | otel.traces.exporter is none | -
					otel.traces.exporter=none;management.adot.collector.endpoint=http://col:4318 | NONE | otel.traces.exporter is none | -
					otel.traces.exporter=otlp | COLLECTOR | endpoint from the specification's default | http://localhost:4318/v1/traces
					otel.traces.exporter=otlp;otel.exporter.otlp.endpoint=http://col:4318 | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | http://col:4318/v1/traces
					otel.traces.exporter=logging,otlp | COLLECTOR | endpoint from the specification's default | http://localhost:4318/v1/traces

					# an OTLP endpoint that is configured anywhere
					management.adot.collector.endpoint=http://col:4318 | COLLECTOR | endpoint from management.adot.collector.endpoint | http://col:4318/v1/traces
					management.adot.collector.endpoint=http://col:4318/ | COLLECTOR | endpoint from management.adot.collector.endpoint | http://col:4318/v1/traces
					management.adot.collector.endpoint=http://col:4318/otlp/ | COLLECTOR | endpoint from management.adot.collector.endpoint | http://col:4318/otlp/v1/traces
					management.adot.collector.endpoint=http://col:4318/v1/traces | COLLECTOR | endpoint from management.adot.collector.endpoint | http://col:4318/v1/traces
					otel.exporter.otlp.endpoint=http://col:4318 | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | http://col:4318/v1/traces
					otel.exporter.otlp.endpoint=http://col:4318/ | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | http://col:4318/v1/traces
					otel.exporter.otlp.traces.endpoint=http://col:4318/mine | COLLECTOR | endpoint from otel.exporter.otlp.traces.endpoint | http://col:4318/mine
					otel.exporter.otlp.traces.endpoint=http://one:1/v1/traces;otel.exporter.otlp.endpoint=http://two:2 | COLLECTOR | endpoint from otel.exporter.otlp.traces.endpoint | http://one:1/v1/traces
					otel.exporter.otlp.traces.endpoint=http://one:1/v1/traces;management.adot.collector.endpoint=http://two:2 | COLLECTOR | endpoint from management.adot.collector.endpoint | http://two:2/v1/traces
					otel.exporter.otlp.logs.endpoint=http://logs:1/v1/logs | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -
					management.opentelemetry.tracing.export.otlp.endpoint=http://boot:4318/v1/traces | COLLECTOR | endpoint from management.opentelemetry.tracing.export.otlp.endpoint | http://boot:4318/v1/traces
					otel.exporter.otlp.protocol=http/protobuf | COLLECTOR | endpoint from otel.exporter.otlp.protocol | http://localhost:4318/v1/traces
					otel.exporter.otlp.traces.protocol=http/protobuf | COLLECTOR | endpoint from otel.exporter.otlp.traces.protocol | http://localhost:4318/v1/traces
					otel.exporter.otlp.endpoint=https://xray.eu-west-1.amazonaws.com/v1/traces | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | https://xray.eu-west-1.amazonaws.com/v1/traces

					# AWS, where its endpoint is set
					management.adot.aws.traces-endpoint=https://vpce/v1/traces | AWS | management.adot.aws.traces-endpoint is set | -
					management.adot.aws.logs-endpoint=https://vpce/v1/logs | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -
					management.adot.aws.traces-endpoint=https://vpce/v1/traces;otel.exporter.otlp.endpoint=http://col:4318 | COLLECTOR | endpoint from otel.exporter.otlp.endpoint | http://col:4318/v1/traces
					management.adot.aws.region=eu-west-1 | CONSOLE | no OTLP endpoint is configured and this is not AWS compute | -
					""")
	void decidesByTheFirstRuleThatApplies(String properties, ExportTo to, String origin, String url) {
		ExportTarget target = target(Signal.TRACES, Map.of(), Map.of(), split(properties));
		assertThat(target.to()).isEqualTo(to);
		assertThat(target.origin()).isEqualTo(origin);
		assertThat((target.endpoint() != null) ? target.endpoint().url().toString() : null).isEqualTo(url);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					- | AWS | running on Amazon ECS
					otel.exporter.otlp.endpoint=http://localhost:4318 | COLLECTOR | endpoint from otel.exporter.otlp.endpoint
					management.adot.aws.traces-endpoint=https://vpce/v1/traces | AWS | management.adot.aws.traces-endpoint is set
					management.adot.export.to=console | CONSOLE | chosen by management.adot.export.to
					management.tracing.export.enabled=false | NONE | management.tracing.export.enabled is false
					""")
	void goesToAwsOnAwsComputeUnlessSomethingElseIsConfigured(String properties, ExportTo to, String origin) {
		ExportTarget target = target(Signal.TRACES,
				Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), Map.of(), split(properties));
		assertThat(target.to()).isEqualTo(to);
		assertThat(target.origin()).isEqualTo(origin);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			OTEL_EXPORTER_OTLP_ENDPOINT | http://col:4318 | http://col:4318/v1/traces
			OTEL_EXPORTER_OTLP_ENDPOINT | ' http://col:4318/ ' | http://col:4318/v1/traces
			OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | http://col:4318/v1/traces | http://col:4318/v1/traces
			OTEL_EXPORTER_OTLP_PROTOCOL | http/protobuf | http://localhost:4318/v1/traces
			OTEL_EXPORTER_OTLP_TRACES_PROTOCOL | http/protobuf | http://localhost:4318/v1/traces
			""")
	void namesTheEnvironmentVariableThatDecided(String variable, String value, String url) {
		ExportTarget target = target(Signal.TRACES, Map.of(), Map.of(variable, value));
		assertThat(target.to()).isEqualTo(ExportTo.COLLECTOR);
		assertThat(target.origin()).isEqualTo("endpoint from " + variable);
		assertThat(target.endpoint()).isNotNull();
		assertThat(target.endpoint().url()).hasToString(url);
		assertThat(target.endpoint().property()).isEqualTo(variable);
	}

	@Test
	void namesThePropertyWhereItWinsOverTheEnvironmentVariable() {
		ExportTarget target = target(Signal.TRACES, Map.of(),
				Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://variable:1"),
				"otel.exporter.otlp.endpoint=http://property:2");
		assertThat(target.origin()).isEqualTo("endpoint from otel.exporter.otlp.endpoint");
		assertThat(target.endpoint()).isNotNull();
		assertThat(target.endpoint().url()).hasHost("property");
	}

	@Test
	void takesABlankValueForNone() {
		assertThat(target(Signal.TRACES, Map.of(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")).to())
			.isEqualTo(ExportTo.CONSOLE);
		assertThat(target(Signal.TRACES, Map.of(), Map.of("OTEL_TRACES_EXPORTER", "")).to())
			.isEqualTo(ExportTo.CONSOLE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					METRICS | otel.metrics.exporter=none | NONE | otel.metrics.exporter is none
					LOGS | otel.logs.exporter=none | NONE | otel.logs.exporter is none
					METRICS | otel.metrics.exporter= | NONE | its auto-configuration was excluded
					LOGS | management.logging.export.enabled=false | NONE | management.logging.export.enabled is false
					METRICS | management.otlp.metrics.export.enabled=false | NONE | management.otlp.metrics.export.enabled is false
					METRICS | otel.metrics.exporter=otlp | COLLECTOR | endpoint from the specification's default
					LOGS | otel.logs.exporter=otlp;otel.exporter.otlp.logs.endpoint=http://col:1/logs | COLLECTOR | endpoint from otel.exporter.otlp.logs.endpoint
					METRICS | management.adot.export.to=aws;otel.metrics.exporter=none | NONE | otel.metrics.exporter is none
					""")
	void leavesSignalsThatTheStarterDoesNotExportToUpstream(Signal signal, String properties, ExportTo to,
			String origin) {
		ExportTarget target = target(signal, Map.of(), Map.of(), split(properties));
		assertThat(target.to()).isEqualTo(to);
		assertThat(target.origin()).isEqualTo(origin);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			otel.metrics.exporter=logging | console
			otel.metrics.exporter=prometheus;otel.exporter.otlp.endpoint=http://col:4318 | collector
			otel.metrics.exporter=logging,otlp | collector
			otel.metrics.exporter=none | none
			otel.exporter.otlp.metrics.endpoint=https://monitoring.eu-west-1.amazonaws.com/v1/metrics | cloudwatch
			management.adot.metrics.export.to=auto,console | console
			management.adot.metrics.export.to=auto,cloudwatch | console,cloudwatch
			management.adot.metrics.export.to=cloudwatch,collector,cloudwatch | cloudwatch,collector
			""")
	void metricsGoToEachDestinationOnceWhateverElseTheSdkExportsTo(String properties, String names) {
		try (AnnotationConfigApplicationContext context = context(Map.of(), Map.of(),
				List.of(MetricsAutoConfiguration.class), split(properties))) {
			assertThat(context.getBean(ExportTargets.class).all(Signal.METRICS)).extracting(ExportTarget::name)
				.containsExactly(names.split(","));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:4318", "ftp://col", "col", "http://", "http://co l:4318", "http:///v1/traces" })
	void explainsAnEndpointThatIsNone(String value) {
		FailureAnalysis analysis = failure(Map.of(), "otel.exporter.otlp.endpoint=" + value);
		assertThat(analysis.getDescription()).isEqualTo("Property 'otel.exporter.otlp.endpoint' has the value '" + value
				+ "', but an endpoint is a full URL with scheme and host.");
		assertThat(analysis.getAction()).startsWith("Write a URL such as 'http");
	}

	@Test
	void explainsAnEndpointInAnEnvironmentVariableByItsName() {
		FailureAnalysis analysis = failure(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "col:4318"));
		assertThat(analysis.getDescription()).isEqualTo("Property 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' has the value "
				+ "'col:4318', but an endpoint is a full URL with scheme and host.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://me:s3cret@col:4318", "https://me:s3 cret@col:4318", "https://me:s3cret@my_col",
			"https://col:4318?key=s3cret", "https://me:s3/cret@col:4318" })
	void doesNotShowSecretsOfAnEndpoint(String value) {
		FailureAnalysis analysis = failure(Map.of(), "otel.exporter.otlp.endpoint=" + value);
		assertThat(analysis.getDescription()).contains("'otel.exporter.otlp.endpoint'", "col")
			.doesNotContain("s3", "cret");
	}

	private static String[] split(@Nullable String properties) {
		return (properties != null) ? properties.split(";") : new String[0];
	}

	private static ExportTarget target(Signal signal, Map<String, String> machine, Map<String, String> variables,
			String... properties) {
		try (AnnotationConfigApplicationContext context = context(machine, variables, List.of(), properties)) {
			return context.getBean(ExportTargets.class).of(signal);
		}
	}

	private static FailureAnalysis failure(Map<String, String> variables, String... properties) {
		return FailureAnalyses.of(catchThrowable(() -> target(Signal.TRACES, Map.of(), variables, properties)));
	}

	private static AnnotationConfigApplicationContext context(Map<String, String> machine,
			Map<String, String> variables, List<Class<?>> others, String... properties) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		context.getEnvironment()
			.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
		TestPropertyValues.of(properties).applyTo(context);
		context.registerBean(AwsCompute.class, () -> AwsFixtures.compute(machine));
		context.register(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class, TracingAutoConfiguration.class);
		others.forEach(context::register);
		context.refresh();
		return context;
	}

}
