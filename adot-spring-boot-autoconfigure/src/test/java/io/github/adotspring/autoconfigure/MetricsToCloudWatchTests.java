package io.github.adotspring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.cloudwatch.CloudWatchServer;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedSpan;
import io.github.adotspring.autoconfigure.testing.ValueCounts;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application's metrics on their whole way to servers that refuse what CloudWatch
 * refuses.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class MetricsToCloudWatchTests {

	private AwsEndpoint otlp;

	private CloudWatchServer api;

	@BeforeEach
	void startServers() throws IOException {
		this.otlp = AwsEndpoint.start();
		this.api = new CloudWatchServer(AccessKey.EXAMPLE);
	}

	@AfterEach
	void stopServers() {
		this.otlp.close();
		this.api.close();
	}

	@Test
	void theOtlpEndpointGetsSignedCumulativeHistogramsWithTheResourceAndTheTrace() {
		try (TestApplication application = start("cloudwatch",
				"management.opentelemetry.resource-attributes.team=blue")) {
			application.get("/orders");
			ReceivedSpan span = application.awaitSpan("GET /orders");
			await(() -> assertThat(points(this.otlp, "http.server.requests")).isNotEmpty());
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			stock.reserve();
			await(() -> assertThat(count(points(this.otlp, "stock.reserve"))).isEqualTo(200));
			stock.reserve();
			await(() -> assertThat(count(points(this.otlp, "stock.reserve"))).isEqualTo(400));
			application.stop();
			assertThat(count(points(this.otlp, "shop.reserved"))).isEqualTo(400);
			assertThat(this.otlp.refusals()).isEmpty();
			assertThat(this.otlp.requests()).allSatisfy((request) -> {
				assertThat(request.path()).isEqualTo("/v1/metrics");
				assertThat(request.header("content-encoding")).isEqualTo("gzip");
			});
			assertThat(histograms(this.otlp)).extracting(Metric::getName)
				.contains("http.server.requests", "stock.reserve", "shop.reserved");
			assertThat(histograms(this.otlp)).allMatch((metric) -> metric.getExponentialHistogram()
				.getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
			assertThat(resources(this.otlp)).isNotEmpty()
				.allSatisfy((message) -> assertThat(scalars(message.getResource().getAttributesList()))
					.isEqualTo(scalars(span.resource().getAttributesList())));
			assertThat(span.resourceAttributes()).containsEntry("service.name", "shop").containsEntry("team", "blue");
			List<Exemplar> exemplars = points(this.otlp, "http.server.requests").stream()
				.flatMap((point) -> point.getExemplarsList().stream())
				.toList();
			assertThat(exemplars).isNotEmpty()
				.allSatisfy((exemplar) -> assertThat(HexFormat.of().formatHex(exemplar.getTraceId().toByteArray()))
					.isEqualTo(span.traceId()));
		}
	}

	@Test
	void putMetricDataGetsValuesThatGivePercentilesBack() {
		try (TestApplication application = start("cloudwatch-api")) {
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			double[] seconds = stock.reserve();
			stock.place(3);
			await(() -> assertThat(sum("orders.placed")).isEqualTo(3));
			stock.place(4);
			await(() -> assertThat(sum("orders.placed")).isEqualTo(7));
			await(() -> assertThat(counts("shop.reserved").count()).isEqualTo(200));
			application.stop();
			assertThat(this.api.problems()).isEmpty();
			assertThat(this.api.requests()).allMatch((request) -> CloudWatchServer.namespace(request).equals("shop"));
			assertThat(data("stock.reserve")).extracting(MetricDatum::unit).containsOnly(StandardUnit.MILLISECONDS);
			assertThat(data("shop.reserved")).extracting(MetricDatum::unit).containsOnly(StandardUnit.SECONDS);
			counts("stock.reserve").assertSimilarTo(seconds, 1000);
			counts("shop.reserved").assertSimilarTo(seconds, 1);
			assertThat(data("orders.placed")).allSatisfy((datum) -> assertThat(datum.dimensions())
				.contains(Dimension.builder().name("Service").value("shop").build()));
		}
	}

	@Test
	void eachOfSeveralDestinationsGetsRightNumbersAndHasItsOwnAccount() {
		try (TestApplication application = start("cloudwatch,cloudwatch-api,collector")) {
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			for (int i = 1; i <= 3; i++) {
				double orders = 5 * i;
				application.get("/orders");
				stock.reserve();
				stock.sell("tea", 2);
				stock.place(5);
				await(() -> assertThat(sum("orders.placed")).isEqualTo(orders));
			}
			await(() -> {
				JsonNode metrics = adot(application).path("signals");
				for (String destination : List.of("cloudwatch", "cloudwatch-api", "collector")) {
					assertThat(metrics.path("metrics." + destination).at("/items/exported").asLong()).isPositive();
				}
			});
			JsonNode adot = adot(application);
			assertThat(adot.path("signals").propertyNames()).containsExactly("traces", "metrics.cloudwatch",
					"metrics.cloudwatch-api", "metrics.collector", "logs");
			assertThat(adot.path("failing").isEmpty()).isTrue();
			assertThat(adot.at("/signals/metrics.cloudwatch/destination/endpoint/url").asString())
				.isEqualTo(this.otlp.url("/v1/metrics").toString());
			assertThat(adot.at("/signals/metrics.collector/destination/endpoint/url").asString())
				.isEqualTo(application.collector().url("/v1/metrics").toString());
			assertThat(adot.path("bill").propertyNames()).containsExactlyInAnyOrder("cloudwatch", "cloudwatch-api",
					"collector");
			assertThat(adot.at("/bill/cloudwatch/usdPerMonth").asDouble()).isPositive();
			assertThat(adot.at("/bill/cloudwatch-api/usdPerMonth").asDouble()).isPositive();
			assertThat(adot.at("/bill/collector/usdPerMonth").asDouble()).isZero();
			application.stop();
			assertThat(this.otlp.refusals()).isEmpty();
			assertThat(this.api.problems()).isEmpty();
			for (AwsEndpoint cumulative : List.of(this.otlp, application.collector())) {
				assertThat(sums(cumulative, "orders.placed")).isEqualTo(15);
				assertThat(sums(cumulative, "shop.sold")).isEqualTo(6);
				for (String histogram : List.of("stock.reserve", "shop.reserved")) {
					assertThat(count(points(cumulative, histogram))).isEqualTo(600);
				}
			}
			assertThat(sum("orders.placed")).isEqualTo(15);
			assertThat(sum("shop.sold")).isEqualTo(6);
			for (String histogram : List.of("stock.reserve", "shop.reserved")) {
				assertThat(counts(histogram).count()).isEqualTo(600);
				double cumulative = points(this.otlp, histogram).get(points(this.otlp, histogram).size() - 1).getSum();
				assertThat(counts(histogram).sum()).isEqualTo(cumulative, Offset.offset(cumulative * 1e-6));
			}
			assertThat(counts("http.server.requests", "/orders").count()).isEqualTo(3);
		}
	}

	@Test
	void aDryRunSendsNothingAndTellsWhatItWouldCost() {
		try (TestApplication application = start("cloudwatch,cloudwatch-api", "management.adot.metrics.dry-run=true")) {
			application.bean(MeteredShop.Stock.class).reserve();
			application.bean(MeteredShop.Stock.class).sell("tea", 1);
			await(() -> {
				JsonNode adot = adot(application);
				for (String destination : List.of("cloudwatch", "cloudwatch-api")) {
					JsonNode items = adot.path("signals").path("metrics." + destination).path("items");
					assertThat(items.path("received").asLong()).isPositive();
					assertThat(items.path("dropped")).isEqualTo(items.path("received"));
					assertThat(items.at("/reasons/dropped/dry_run")).isEqualTo(items.path("received"));
					JsonNode bill = adot.path("bill").path(destination);
					assertThat(bill.path("series").asInt()).isPositive();
					assertThat(bill.path("dataPointsPerMinute").asDouble()).isPositive();
					assertThat(bill.path("usdPerMonth").asDouble()).isPositive();
				}
				assertThat(adot.path("failing").isEmpty()).isTrue();
			});
			application.stop();
			assertThat(this.otlp.requests()).isEmpty();
			assertThat(this.api.requests()).isEmpty();
		}
	}

	@Test
	void aRegionWithoutTheEndpointIsWarnedOfAtTheStart(CapturedOutput output) {
		// A dry run, so that nothing is sent to the real one.
		try (TestApplication application = start("cloudwatch", "management.adot.aws.region=cn-north-1",
				"management.adot.aws.metrics-endpoint=", "management.adot.metrics.dry-run=true")) {
			await(() -> assertThat(output).contains("AWS lists no OTLP endpoint for metrics in the region cn-north-1; "
					+ "set 'management.adot.metrics.export.to' to 'emf'"));
			assertThat(output).contains("https://monitoring.cn-north-1.amazonaws.com.cn/v1/metrics")
				.contains("but nothing is sent in a dry run");
			assertThat(application.collector().refusals()).isEmpty();
		}
	}

	@Test
	void aRegionWithTheEndpointIsNot(CapturedOutput output) {
		try (TestApplication application = start("cloudwatch")) {
			await(() -> assertThat(output).contains("ADOT Spring Boot starter exports"));
			await(() -> assertThat(this.otlp.requests()).isNotEmpty());
			application.stop();
			assertThat(output).doesNotContain("AWS lists no OTLP endpoint").doesNotContain("WARN");
		}
	}

	@Test
	void aMissingWorkspaceIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> fail(getClass().getClassLoader(), "amp"))
			.withRootCauseInstanceOf(InvalidAdotConfigurationException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'management.adot.metrics.amp.workspace-id' is not set, but metrics go to Amazon "
					+ "Managed Service for Prometheus.")
			.contains("Write the id of a workspace in the application's region, or the full URL to write to in "
					+ "'management.adot.metrics.amp.url'.")
			.doesNotContain("\tat ");
	}

	@Test
	void aMissingDependencyIsNamed(CapturedOutput output) {
		assertThatException()
			.isThrownBy(
					() -> fail(new FilteredClassLoader("software.amazon.awssdk.services.cloudwatch"), "cloudwatch-api"))
			.withRootCauseInstanceOf(InvalidAdotConfigurationException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property 'management.adot.metrics.export.to' has the value 'cloudwatch-api', but the AWS SDK's "
					+ "client for CloudWatch is not on the class path.")
			.contains("Add the dependency 'software.amazon.awssdk:cloudwatch'")
			.doesNotContain("\tat ");
	}

	@Test
	void whatWasMeasuredSinceTheLastExportArrivesOnTheWayOut() {
		try (TestApplication application = start("cloudwatch,cloudwatch-api", "management.otlp.metrics.export.step=1h",
				"otel.metric.export.interval=3600000")) {
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			stock.reserve();
			stock.place(3);
			stock.sell("tea", 4);
			application.stop();
			assertThat(this.otlp.refusals()).isEmpty();
			assertThat(this.api.problems()).isEmpty();
			assertThat(sums(this.otlp, "orders.placed")).isEqualTo(3);
			assertThat(sums(this.otlp, "shop.sold")).isEqualTo(4);
			assertThat(count(points(this.otlp, "stock.reserve"))).isEqualTo(200);
			assertThat(sum("orders.placed")).isEqualTo(3);
			assertThat(sum("shop.sold")).isEqualTo(4);
			assertThat(counts("stock.reserve").count()).isEqualTo(200);
			assertThat(counts("shop.reserved").count()).isEqualTo(200);
		}
	}

	@Test
	void changesSinceTheLastExportArriveOnTheWayOut() {
		try (TestApplication application = start("cloudwatch-api", "management.otlp.metrics.export.step=1h",
				"otel.metric.export.interval=3600000")) {
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			stock.reserve();
			stock.place(3);
			stock.sell("tea", 4);
			application.stop();
			assertThat(this.api.problems()).isEmpty();
			assertThat(sum("orders.placed")).isEqualTo(3);
			assertThat(sum("shop.sold")).isEqualTo(4);
			assertThat(counts("stock.reserve").count()).isEqualTo(200);
			assertThat(counts("shop.reserved").count()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudwatch", "cloudwatch-api" })
	void closingWaitsForASlowAnswer(String destination) {
		CountDownLatch gate = new CountDownLatch(1);
		this.otlp.enqueue(Answer.verified().after(gate));
		this.api.enqueue(Answer.status(200).body("text/xml", "<PutMetricDataResponse/>".getBytes()).after(gate));
		try (TestApplication application = start(destination, "management.otlp.metrics.export.step=1h",
				"otel.metric.export.interval=3600000")) {
			SignalStatus status = application.bean(DeliveryStatus.class).of(Signal.METRICS);
			application.bean(MeteredShop.Stock.class).place(3);
			// Not on the common pool, whose one thread on a small machine the HTTP client
			// needs.
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(application::stop,
					(task) -> new Thread(task, "stop").start());
			await(() -> assertThat(this.otlp.requests().size() + this.api.requests().size()).isPositive());
			assertThat(stopped).isNotDone();
			gate.countDown();
			stopped.join();
			assertThat(status.exported()).isPositive().isEqualTo(status.received());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudwatch", "cloudwatch-api" })
	void closingWaitsNoLongerThanItMay(String destination, CapturedOutput output) {
		CountDownLatch gate = new CountDownLatch(1);
		this.otlp.enqueue(Answer.verified().after(gate));
		this.api.enqueue(Answer.status(200).body("text/xml", "<PutMetricDataResponse/>".getBytes()).after(gate));
		try (TestApplication application = start(destination, "management.otlp.metrics.export.step=1h",
				"otel.metric.export.interval=3600000", "management.adot.delivery.shutdown-timeout=300ms")) {
			SignalStatus status = application.bean(DeliveryStatus.class).of(Signal.METRICS);
			application.bean(MeteredShop.Stock.class).place(3);
			application.stop();
			assertThat(status.byReason(SignalStatus.Result.DROPPED)).containsOnlyKeys("closed");
			assertThat(status.dropped() + status.exported()).isEqualTo(status.received());
			assertThat(output).contains("the application is shutting down")
				.contains(status.dropped() + " data points were lost");
		}
		finally {
			gate.countDown();
		}
	}

	private TestApplication start(String destinations, String... properties) {
		return TestApplication.start(MeteredShop.class,
				Stream
					.concat(Stream.of("spring.application.name=shop", "management.endpoints.web.exposure.include=*",
							"management.otlp.metrics.export.enabled=true", "management.otlp.metrics.export.step=1s",
							"otel.metric.export.interval=1000", "management.adot.metrics.export.to=" + destinations,
							"management.adot.aws.region=" + AwsEndpoint.REGION,
							"management.adot.aws.metrics-endpoint=" + this.otlp.url("/v1/metrics"),
							"management.adot.metrics.cloudwatch-api.endpoint=" + this.api.url()), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static void fail(ClassLoader classLoader, String destination) {
		new SpringApplicationBuilder(MeteredShop.class).web(WebApplicationType.NONE)
			.resourceLoader(new DefaultResourceLoader(classLoader))
			.properties("management.adot.metrics.export.to=" + destination, "management.adot.aws.region=eu-west-1",
					"management.adot.tracing.export.to=none", "management.adot.logging.export.to=none",
					"spring.main.banner-mode=off")
			.run();
	}

	private List<MetricDatum> data(String name) {
		return this.api.requests()
			.stream()
			.flatMap((request) -> CloudWatchServer.data(request).stream())
			.filter((datum) -> datum.metricName().equals(name))
			.toList();
	}

	private double sum(String name) {
		return data(name).stream().mapToDouble(MetricDatum::value).sum();
	}

	private ValueCounts counts(String name) {
		return counts(data(name));
	}

	private ValueCounts counts(String name, String uri) {
		Dimension dimension = Dimension.builder().name("uri").value(uri).build();
		return counts(data(name).stream().filter((datum) -> datum.dimensions().contains(dimension)).toList());
	}

	private static ValueCounts counts(List<MetricDatum> data) {
		ValueCounts counts = new ValueCounts();
		for (MetricDatum datum : data) {
			for (int i = 0; i < datum.values().size(); i++) {
				counts.add(datum.values().get(i), datum.counts().get(i));
			}
		}
		return counts;
	}

	/**
	 * What a histogram counted in the end.
	 */
	private static long count(List<ExponentialHistogramDataPoint> points) {
		return points.stream().mapToLong(ExponentialHistogramDataPoint::getCount).max().orElse(0);
	}

	private static double sums(AwsEndpoint endpoint, String name) {
		return metrics(endpoint).filter((metric) -> metric.getName().equals(name))
			.map(Metric::getSum)
			.peek((sum) -> assertThat(sum.getAggregationTemporality())
				.isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE))
			.flatMap((sum) -> sum.getDataPointsList().stream())
			.mapToDouble((point) -> point.hasAsInt() ? point.getAsInt() : point.getAsDouble())
			.max()
			.orElse(0);
	}

	private static List<ExponentialHistogramDataPoint> points(AwsEndpoint endpoint, String name) {
		return histograms(endpoint).stream()
			.filter((metric) -> metric.getName().equals(name))
			.flatMap((metric) -> metric.getExponentialHistogram().getDataPointsList().stream())
			.toList();
	}

	private static List<Metric> histograms(AwsEndpoint endpoint) {
		return metrics(endpoint).filter(Metric::hasExponentialHistogram).toList();
	}

	private static Stream<Metric> metrics(AwsEndpoint endpoint) {
		return resources(endpoint).stream()
			.flatMap((resource) -> resource.getScopeMetricsList().stream())
			.flatMap((scope) -> scope.getMetricsList().stream());
	}

	private static List<ResourceMetrics> resources(AwsEndpoint endpoint) {
		return endpoint.requests()
			.stream()
			.filter((request) -> request.path().equals("/v1/metrics"))
			.flatMap((request) -> request.metrics().getResourceMetricsList().stream())
			.toList();
	}

	private static Map<String, Object> scalars(Collection<KeyValue> attributes) {
		return attributes.stream()
			.filter((attribute) -> attribute.getValue().getValueCase() != ValueCase.ARRAY_VALUE)
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private static JsonNode adot(TestApplication application) {
		return JsonMapper.shared().readTree(application.get("/actuator/adot"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
	}

}
