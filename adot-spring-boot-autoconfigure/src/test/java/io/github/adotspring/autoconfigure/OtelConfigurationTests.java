package io.github.adotspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class OtelConfigurationTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void defaultsAreThoseOfAnApplicationOnAws() {
		assertThat(OtelConfiguration.of(this.environment))
			.containsEntry("otel.propagators", "xray,tracecontext,baggage")
			.containsEntry("otel.exporter.otlp.compression", "gzip")
			.containsEntry("otel.resource.disabled.keys", "process.command_args,process.command_line")
			.containsEntry("otel.experimental.sdk.telemetry.version", "latest")
			.containsEntry("otel.exporter.otlp.metrics.default.histogram.aggregation",
					"BASE2_EXPONENTIAL_BUCKET_HISTOGRAM")
			.containsEntry("otel.java.metrics.cardinality.limit", "1000")
			.hasSize(6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					management.tracing.sampling.probability              | 0.25       | otel.traces.sampler                                | parentbased_traceidratio
					management.tracing.sampling.probability              | 0.25       | otel.traces.sampler.arg                            | 0.25
					management.opentelemetry.tracing.sampler             | always-off | otel.traces.sampler                                | always_off
					management.opentelemetry.tracing.sampler             | ALWAYS_ON  | otel.traces.sampler                                | always_on
					management.opentelemetry.tracing.sampler             | trace-id-ratio | otel.traces.sampler                            | traceidratio
					management.opentelemetry.tracing.sampler             | parent-based-always-off | otel.traces.sampler                   | parentbased_always_off
					management.tracing.propagation.type                  | W3C        | otel.propagators                                   | tracecontext,baggage
					management.tracing.propagation.type                  | w3c,b3     | otel.propagators                                   | tracecontext,b3,baggage
					management.tracing.propagation.produce               | b3-multi   | otel.propagators                                   | b3multi,baggage
					management.tracing.baggage.enabled                   | false      | otel.propagators                                   | xray,tracecontext
					AWS_LAMBDA_FUNCTION_NAME                             | orders     | otel.propagators                                   | tracecontext,xray-lambda,baggage
					management.opentelemetry.tracing.export.schedule-delay | 2s       | otel.bsp.schedule.delay                            | 2000ms
					management.opentelemetry.tracing.export.timeout      | 1m         | otel.bsp.export.timeout                            | 60000ms
					management.opentelemetry.tracing.export.max-queue-size | 99       | otel.bsp.max.queue.size                            | 99
					management.opentelemetry.tracing.export.max-batch-size | 9        | otel.bsp.max.export.batch.size                     | 9
					management.opentelemetry.logging.export.schedule-delay | 2s       | otel.blrp.schedule.delay                           | 2000ms
					management.opentelemetry.tracing.limits.max-attribute-value-length | 10 | otel.span.attribute.value.length.limit       | 10
					management.opentelemetry.tracing.limits.max-attributes | 11       | otel.span.attribute.count.limit                    | 11
					management.opentelemetry.tracing.limits.max-events   | 12         | otel.span.event.count.limit                        | 12
					management.opentelemetry.tracing.limits.max-links    | 13         | otel.span.link.count.limit                         | 13
					management.opentelemetry.tracing.export.otlp.endpoint | http://a/v1/traces | otel.exporter.otlp.traces.endpoint        | http://a/v1/traces
					management.opentelemetry.tracing.export.otlp.timeout | 3s         | otel.exporter.otlp.traces.timeout                  | 3000ms
					management.opentelemetry.tracing.export.otlp.compression | none   | otel.exporter.otlp.traces.compression              | none
					management.opentelemetry.tracing.export.otlp.transport | GRPC     | otel.exporter.otlp.traces.protocol                 | grpc
					management.opentelemetry.tracing.export.otlp.transport | http     | otel.exporter.otlp.traces.protocol                 | http/protobuf
					management.opentelemetry.tracing.export.otlp.headers.x-key | a b,c | otel.exporter.otlp.traces.headers                 | x-key=a%20b%2Cc
					management.opentelemetry.logging.export.otlp.endpoint | http://a/v1/logs | otel.exporter.otlp.logs.endpoint            | http://a/v1/logs
					management.otlp.metrics.export.url                   | http://a/v1/metrics | otel.exporter.otlp.metrics.endpoint       | http://a/v1/metrics
					management.otlp.metrics.export.step                  | 30s        | otel.metric.export.interval                        | 30000ms
					management.otlp.metrics.export.read-timeout          | 5s         | otel.exporter.otlp.metrics.timeout                 | 5000ms
					management.otlp.metrics.export.compression-mode      | NONE       | otel.exporter.otlp.metrics.compression             | none
					management.otlp.metrics.export.aggregation-temporality | DELTA    | otel.exporter.otlp.metrics.temporality.preference  | delta
					management.otlp.metrics.export.histogram-flavor      | explicit-bucket-histogram | otel.exporter.otlp.metrics.default.histogram.aggregation | EXPLICIT_BUCKET_HISTOGRAM
					""")
	void whatBootUsersHaveIsHonoured(String boot, String value, String otel, String expected) {
		this.environment.setProperty(boot, value);
		assertThat(OtelConfiguration.of(this.environment)).containsEntry(otel, expected);
	}

}
