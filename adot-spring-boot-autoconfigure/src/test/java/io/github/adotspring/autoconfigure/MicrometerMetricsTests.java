package io.github.adotspring.autoconfigure;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.testing.CollectedMetrics;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Micrometer's meters as a running application sends them.
 */
class MicrometerMetricsTests {

	@Test
	void requestsAreExponentialHistogramsOfTheirTraceWithTheResourceOfTheTraces() {
		try (TestApplication application = start("spring.application.name=shop",
				"management.opentelemetry.resource-attributes.team=blue")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			ReceivedSpan span = application.awaitSpan("GET /orders");
			application.stop();
			assertThat(metrics.metric("http.server.requests").getDataCase()).isEqualTo(DataCase.EXPONENTIAL_HISTOGRAM);
			assertThat(metrics.metric("http.server.requests").getExponentialHistogram().getAggregationTemporality())
				.isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
			ExponentialHistogramDataPoint point = metrics.metric("http.server.requests")
				.getExponentialHistogram()
				.getDataPoints(0);
			assertThat(point.getCount()).isEqualTo(1);
			assertThat(point.getZeroCount() + point.getPositive().getBucketCountsCount()).isPositive();
			assertThat(CollectedMetrics.strings(point.getAttributesList())).containsEntry("uri", "/orders")
				.containsEntry("status", "200");
			assertThat(metrics.exemplars("http.server.requests")).hasSize(1)
				.first()
				.satisfies((exemplar) -> assertThat(hex(exemplar.getTraceId())).isEqualTo(span.traceId()))
				.satisfies((exemplar) -> assertThat(hex(exemplar.getSpanId())).isEqualTo(span.spanId()));
			assertThat(metrics.messages()).isNotEmpty()
				.allSatisfy((message) -> assertThat(scalars(message.getResource().getAttributesList()))
					.isEqualTo(scalars(span.resource().getAttributesList())));
			assertThat(span.resourceAttributes()).containsEntry("service.name", "shop").containsEntry("team", "blue");
		}
	}

	@Test
	void whatIsMeasuredInASpanIsOfItsTrace() {
		try (TestApplication application = start()) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			application.bean(Stock.class).reserve();
			ReceivedSpan span = application.awaitSpan("Stock.reserve");
			application.stop();
			for (String meter : List.of("stock.reserve", "stock.size")) {
				assertThat(metrics.exemplars(meter)).hasSize(1)
					.first()
					.satisfies((exemplar) -> assertThat(hex(exemplar.getTraceId())).isEqualTo(span.traceId()))
					.satisfies((exemplar) -> assertThat(hex(exemplar.getSpanId())).isEqualTo(span.spanId()));
			}
		}
	}

	@Test
	void whatIsNotSampledIsNoExemplar() {
		try (TestApplication application = start("otel.traces.sampler=always_off")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.bean(Stock.class).reserve();
			application.stop();
			assertThat(metrics.metric("stock.reserve").getExponentialHistogram().getDataPoints(0).getCount())
				.isEqualTo(1);
			assertThat(metrics.exemplars("stock.reserve")).isEmpty();
			assertThat(metrics.exemplars("http.server.requests")).isEmpty();
		}
	}

	@Test
	void propertiesOfBootDecideWhichMetersThereAreAndOfWhatKind() {
		try (TestApplication application = start("management.metrics.enable.jvm=false",
				"management.metrics.tags.stage=test", "management.metrics.distribution.slo.stock.reserve=10ms,1h",
				"management.metrics.distribution.percentiles-histogram.stock.size=false")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.bean(Stock.class).reserve();
			application.stop();
			assertThat(metrics.names()).contains("http.server.requests").noneMatch((name) -> name.startsWith("jvm."));
			HistogramDataPoint objectives = metrics.metric("stock.reserve").getHistogram().getDataPoints(0);
			assertThat(objectives.getExplicitBoundsList()).containsExactly(10.0, 3_600_000.0);
			assertThat(objectives.getBucketCountsList()).hasSize(3);
			assertThat(metrics.metric("stock.size").getHistogram().getDataPoints(0).getExplicitBoundsList()).isEmpty();
			assertThat(metrics.messages()).allSatisfy(
					(message) -> assertThat(message.getScopeMetrics(0).getMetrics(0).toString()).contains("stage"));
		}
	}

	@Test
	void histogramsCanBeSwitchedOff() {
		try (TestApplication application = start("management.adot.metrics.histograms=false")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.stop();
			assertThat(metrics.metric("http.server.requests").getDataCase()).isEqualTo(DataCase.HISTOGRAM);
		}
	}

	@Test
	void destinationsThatTakeOnlyChangesGetThem() {
		try (TestApplication application = start("management.adot.metrics.export.to=emf,cloudwatch-api",
				"management.otlp.metrics.export.aggregation-temporality=cumulative")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.stop();
			assertThat(metrics.metric("http.server.requests").getExponentialHistogram().getAggregationTemporality())
				.isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
		}
	}

	@Test
	void meterThatMakesSeriesWithoutEndIsLimited() {
		try (TestApplication application = start("management.adot.metrics.max-series-per-meter=3")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			MeterRegistry registry = application.bean(MeterRegistry.class);
			for (int i = 0; i < 10; i++) {
				registry.counter("visits", "user", "u" + i).increment();
			}
			application.stop();
			assertThat(metrics.metric("visits").getSum().getDataPointsList()).hasSize(3);
		}
	}

	@Test
	void theEndpointOfCloudWatchCostsMoneyHoweverItIsConfigured() {
		try (TestApplication application = TestApplication.startWithoutEndpoint(Shop.class,
				"management.otlp.metrics.export.enabled=true", "management.adot.tracing.export.to=none",
				"otel.exporter.otlp.metrics.endpoint=https://monitoring.eu-west-1.amazonaws.com/v1/metrics",
				"management.adot.metrics.dry-run=true")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			application.stop();
			assertThat(metrics.names()).contains("jvm.memory.used").doesNotContain("jvm.info");
		}
	}

	@Test
	void aFreshApplicationSendsASmallSetWhereItCostsMoney() {
		try (TestApplication application = start("management.adot.metrics.export.to=cloudwatch")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.stop();
			assertThat(metrics.names()).contains("http.server.requests", "jvm.memory.used", "process.cpu.usage")
				.doesNotContain("jvm.info", "process.start.time", "jvm.buffer.count", "adot.delivery.received");
			assertThat(levels(metrics)).containsExactlyInAnyOrder("warn", "error");
		}
		try (TestApplication application = start("management.adot.metrics.export.to=collector")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			application.stop();
			assertThat(metrics.names()).contains("jvm.info", "process.start.time", "jvm.buffer.count",
					"adot.delivery.received");
			assertThat(levels(metrics)).hasSize(5);
		}
	}

	private static List<String> levels(CollectedMetrics metrics) {
		return metrics.metric("logback.events")
			.getSum()
			.getDataPointsList()
			.stream()
			.map((point) -> CollectedMetrics.strings(point.getAttributesList()).get("level"))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.otlp.metrics.export.enabled=false", "management.adot.metrics.export.to=none",
			"management.adot.export.to=none", "management.adot.enabled=false" })
	void nothingIsExportedWhereTheExportIsOff(String off) {
		try (TestApplication application = start(off)) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.stop();
			assertThat(metrics.messages()).isEmpty();
		}
	}

	@Test
	void theRegistryIsOnWhereItAloneIsSwitchedOn() {
		try (TestApplication application = start("management.defaults.metrics.export.enabled=false")) {
			CollectedMetrics metrics = application.bean(CollectedMetrics.class);
			request(application);
			application.stop();
			assertThat(metrics.names()).contains("http.server.requests");
		}
	}

	@Test
	void metricsAreDeliveredWithLazyInitialization() {
		try (TestApplication application = TestApplication.start(Plain.class,
				"management.otlp.metrics.export.enabled=true", "spring.main.lazy-initialization=true")) {
			application.bean(MeterRegistry.class).counter("orders").increment();
			application.stop();
			assertThat(application.collector().requests()).isNotEmpty()
				.anySatisfy((request) -> assertThat(request.metrics().toString()).contains("orders"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.otlp.metrics.export.headers.x-key=k1", "otel.exporter.otlp.headers=x-key=k1" })
	void settingsOfTheExporterHoldBesideAnOpenTelemetryOfTheApplication(String headers) {
		try (TestApplication application = TestApplication.start(OwnOpenTelemetry.class,
				"management.otlp.metrics.export.enabled=true", headers)) {
			application.stop();
			assertThat(application.collector().requests()).isNotEmpty()
				.allSatisfy((request) -> assertThat(request.path()).isEqualTo("/v1/metrics"))
				.allSatisfy((request) -> assertThat(request.header("x-key")).isEqualTo("k1"))
				.allSatisfy((request) -> assertThat(request.header("content-encoding")).isEqualTo("gzip"));
		}
	}

	/**
	 * A request is measured after it was answered.
	 */
	private static void request(TestApplication application) {
		application.get("/orders");
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					application.bean(MeterRegistry.class).find("http.server.requests").tag("uri", "/orders").timers())
				.hasSize(1));
	}

	private static TestApplication start(String... properties) {
		return TestApplication.start(Shop.class,
				Stream.concat(Stream.of("management.otlp.metrics.export.enabled=true"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static Map<String, Object> scalars(List<KeyValue> attributes) {
		return attributes.stream()
			.filter((attribute) -> attribute.getValue().getValueCase() != ValueCase.ARRAY_VALUE)
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	@EnableAutoConfiguration
	@RestController
	@Import(Stock.class)
	static class Shop {

		@Bean
		CollectedMetrics metrics() {
			return new CollectedMetrics();
		}

		@GetMapping("/orders")
		String orders() {
			return "";
		}

	}

	@EnableAutoConfiguration
	static class Plain {

	}

	@EnableAutoConfiguration
	static class OwnOpenTelemetry {

		@Bean
		OpenTelemetry openTelemetry() {
			return OpenTelemetry.noop();
		}

	}

	static class Stock {

		private final MeterRegistry registry;

		Stock(MeterRegistry registry) {
			this.registry = registry;
		}

		@WithSpan
		void reserve() {
			Timer.builder("stock.reserve").register(this.registry).record(3, TimeUnit.MILLISECONDS);
			DistributionSummary.builder("stock.size").register(this.registry).record(7);
		}

	}

}
