package io.github.adotspring.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for meters of the OpenTelemetry API in a running application.
 */
class OpenTelemetryMetricsTests {

	@Test
	void metersOfTheApiAreExportedAndThoseThatMicrometerCoversAreNot() {
		try (TestApplication application = start()) {
			measure(application);
			List<Metric> metrics = flush(application);
			assertThat(metrics).extracting(Metric::getName).containsExactlyInAnyOrder("orders", "basket", "tokens");
			assertThat(metrics).filteredOn((metric) -> metric.getName().equals("basket"))
				.extracting(Metric::getDataCase)
				.containsOnly(DataCase.EXPONENTIAL_HISTOGRAM);
		}
	}

	@Test
	void metersOfInstrumentationComeBackWithASwitch() {
		try (TestApplication application = start("management.adot.metrics.instrumentation=true")) {
			measure(application);
			assertThat(flush(application)).extracting(Metric::getName)
				.contains("orders", "http.server.request.duration", "jvm.memory.used");
		}
	}

	@Test
	void theLimitOfSeriesIsThatOfMicrometersMeters() {
		try (TestApplication application = start("management.adot.metrics.max-series-per-meter=5")) {
			LongCounter orders = application.bean(OpenTelemetry.class)
				.getMeter("shop")
				.counterBuilder("orders")
				.build();
			for (int i = 0; i < 20; i++) {
				orders.add(1, Attributes.builder().put("user", i).build());
			}
			assertThat(flush(application)).extracting((metric) -> metric.getSum().getDataPointsCount())
				.containsExactly(5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "otlp" })
	void nothingIsExportedWhereTheExportIsOff(String exporter) {
		try (TestApplication application = start("management.adot.metrics.export.to=none",
				"otel.metrics.exporter=" + exporter)) {
			measure(application);
			assertThat(flush(application)).isEmpty();
		}
	}

	@Test
	void whatTheSdkIsToldOtherwiseDoesNotKeepItsMetricsFromTheirDestination() {
		try (TestApplication application = start("management.adot.metrics.export.to=console",
				"otel.metrics.exporter=none", "otel.exporter.otlp.metrics.protocol=grpc")) {
			measure(application);
			assertThat(flush(application)).isEmpty();
			assertThat(application.bean(DeliveryStatus.class).of(Signal.METRICS).exported()).isEqualTo(3);
		}
	}

	private static TestApplication start(String... properties) {
		return TestApplication.start(Shop.class,
				Stream.concat(Stream.of("management.otlp.metrics.export.enabled=true"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static void measure(TestApplication application) {
		application.get("/orders");
		application.awaitSpan("GET /orders");
		OpenTelemetry openTelemetry = application.bean(OpenTelemetry.class);
		openTelemetry.getMeter("shop").counterBuilder("orders").build().add(1);
		openTelemetry.getMeter("shop").histogramBuilder("basket").build().record(3);
		openTelemetry.getMeter("io.opentelemetry.aws-sdk-2.2").counterBuilder("tokens").build().add(1);
	}

	private static List<Metric> flush(TestApplication application) {
		OpenTelemetrySdk sdk = application.bean(OpenTelemetrySdk.class);
		assertThat(sdk.getSdkMeterProvider().forceFlush().join(15, TimeUnit.SECONDS).isSuccess()).isTrue();
		return application.collector()
			.requests()
			.stream()
			.filter((request) -> request.path().equals("/v1/metrics"))
			.flatMap((request) -> request.metrics().getResourceMetricsList().stream())
			.flatMap((resource) -> resource.getScopeMetricsList().stream())
			.flatMap((scope) -> scope.getMetricsList().stream())
			.toList();
	}

	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@GetMapping("/orders")
		String orders() {
			return "";
		}

	}

}
