package io.github.adotspring.autoconfigure.actuate;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.aws.AwsAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.tracing.TracingAutoConfiguration;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SdkMeterBinder} and {@link SdkMeters}, with upstream's SDK and its
 * exporters.
 */
@Timeout(120)
final class SdkMetersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, DeliveryAutoConfiguration.class,
				TracingAutoConfiguration.class, OpenTelemetryAutoConfiguration.class, MetersAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("otel.metrics.exporter=none", "otel.logs.exporter=otlp", "otel.bsp.max.queue.size=8",
				"otel.bsp.max.export.batch.size=1", "otel.blrp.max.queue.size=8", "otel.blrp.max.export.batch.size=1",
				"management.adot.delivery.retry.max-attempts=1");

	@Test
	void showsTheSpansThatDoNotFitIntoTheQueue() {
		BrokenEndpoint silent = BrokenEndpoint.silent();
		this.runner.withPropertyValues("management.adot.collector.endpoint=" + silent.url()).run((context) -> {
			// Closed before the context, which delivers what is left.
			try (silent) {
				endSpans(context, 1);
				silent.awaitConnections(1);
				endSpans(context, 13);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				awaitMeter(registry, "otel.sdk.processor.span.processed");
				assertThat(registry.get("otel.sdk.processor.span.processed")
					.tag("error.type", "queue_full")
					.tag("otel.component.type", "batching_span_processor")
					.tagKeys("otel.component.name")
					.functionCounter()
					.count()).isEqualTo(5);
				assertThat(registry.get("otel.sdk.processor.span.queue.size").gauge().value()).isEqualTo(8);
				assertThat(registry.get("otel.sdk.processor.span.queue.capacity").gauge().value()).isEqualTo(8);
				assertThat(registry.get("otel.sdk.exporter.span.inflight").gauge().value()).isEqualTo(1);
				assertThat(registry.get("otel.sdk.span.started").functionCounter().count()).isEqualTo(14);
			}
		});
	}

	@Test
	void showsTheLogRecordsThatDoNotFitIntoTheQueue() {
		BrokenEndpoint silent = BrokenEndpoint.silent();
		this.runner.withPropertyValues("management.adot.collector.endpoint=" + silent.url()).run((context) -> {
			// Closed before the context, which delivers what is left.
			try (silent) {
				emitLogs(context, 1);
				silent.awaitConnections(1);
				emitLogs(context, 11);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				awaitMeter(registry, "otel.sdk.processor.log.processed");
				assertThat(registry.get("otel.sdk.processor.log.processed")
					.tag("error.type", "queue_full")
					.functionCounter()
					.count()).isEqualTo(3);
				assertThat(registry.get("otel.sdk.processor.log.queue.size").gauge().value()).isEqualTo(8);
				assertThat(registry.get("otel.sdk.log.created").functionCounter().count()).isEqualTo(12);
			}
		});
	}

	@Test
	void showsNewSeriesAndNewValuesWhenAnyMeterIsRead() {
		try (AwsEndpoint collector = AwsEndpoint.withoutSignature()) {
			this.runner.withPropertyValues("management.adot.collector.endpoint=" + collector.url()).run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				MeterRegistry second = new SimpleMeterRegistry();
				context.getBean(SdkMeterBinder.class).bindTo(second);
				assertThat(names(registry)).containsExactly("adot.sdk.series");
				export(context, 3);
				awaitMeter(registry, "otel.sdk.exporter.span.exported");
				assertThat(registry.get("otel.sdk.exporter.span.exported").functionCounter().count()).isEqualTo(3);
				FunctionTimer duration = registry.get("otel.sdk.exporter.operation.duration").functionTimer();
				assertThat(duration.count()).isEqualTo(3);
				assertThat(duration.totalTime(TimeUnit.SECONDS)).isPositive().isLessThan(60);
				assertThat(registry.get("adot.sdk.series").gauge().value()).isEqualTo(names(registry).size() - 1.0);
				collector.enqueue(Answer.status(400));
				export(context, 1);
				Awaitility.await()
					.untilAsserted(() -> assertThat(registry.get("otel.sdk.span.started").functionCounter().count())
						.isEqualTo(4));
				assertThat(registry.get("otel.sdk.exporter.span.exported")
					.tag("error.type", "400")
					.functionCounter()
					.count()).isEqualTo(1);
				assertThat(registry.get("otel.sdk.exporter.span.exported")
					.tag("error.type", "none")
					.functionCounter()
					.count()).isEqualTo(3);
				assertSameKeys(registry);
				second.get("adot.sdk.series").gauge().value();
				assertThat(names(second)).isEqualTo(names(registry));
			});
		}
	}

	@Test
	void showsNoMoreSeriesThanItSays() {
		this.runner.withPropertyValues("management.adot.export.to=none", "otel.logs.exporter=none").run((context) -> {
			LongCounter counter = context.getBean(OpenTelemetrySdk.class)
				.getSdkMeterProvider()
				.get("io.opentelemetry.sdk.test")
				.counterBuilder("otel.sdk.test")
				.build();
			for (int i = 0; i <= SdkMeters.MAX_SERIES; i++) {
				counter.add(1, Attributes.of(AttributeKey.stringKey("key"), "value " + i));
			}
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			awaitMeter(registry, "otel.sdk.test");
			assertThat(registry.find("otel.sdk.test").functionCounters()).hasSize(SdkMeters.MAX_SERIES);
			assertThat(registry.get("adot.sdk.series").gauge().value()).isEqualTo(SdkMeters.MAX_SERIES);
		});
	}

	private static void endSpans(AssertableApplicationContext context, int count) {
		for (int i = 0; i < count; i++) {
			context.getBean(OpenTelemetry.class).getTracer("test").spanBuilder("span").startSpan().end();
		}
	}

	private static void emitLogs(AssertableApplicationContext context, int count) {
		for (int i = 0; i < count; i++) {
			context.getBean(OpenTelemetry.class).getLogsBridge().get("test").logRecordBuilder().setBody("log").emit();
		}
	}

	private static void export(AssertableApplicationContext context, int count) {
		endSpans(context, count);
		context.getBean(OpenTelemetrySdk.class).getSdkTracerProvider().forceFlush().join(15, TimeUnit.SECONDS);
	}

	/**
	 * Scrapes until a meter is there, as a monitoring system does.
	 */
	private static void awaitMeter(MeterRegistry registry, String name) {
		Awaitility.await().until(() -> {
			registry.getMeters().forEach((meter) -> meter.measure().forEach((measurement) -> measurement.getValue()));
			return registry.find(name).meter() != null;
		});
	}

	private static List<String> names(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> !name.startsWith("adot.delivery."))
			.sorted()
			.toList();
	}

	private static void assertSameKeys(MeterRegistry registry) {
		registry.getMeters()
			.stream()
			.map(Meter::getId)
			.collect(Collectors.groupingBy(Meter.Id::getName,
					Collectors.mapping((id) -> id.getTags().stream().map(Tag::getKey).toList(), Collectors.toSet())))
			.forEach((name, keys) -> assertThat(keys).as(name).hasSize(1));
	}

}
