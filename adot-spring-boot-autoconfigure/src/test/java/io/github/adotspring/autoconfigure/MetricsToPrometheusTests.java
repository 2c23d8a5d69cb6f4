package io.github.adotspring.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.testing.AmpEndpoint;
import io.github.adotspring.autoconfigure.testing.PrometheusServer;
import io.github.adotspring.autoconfigure.testing.PrometheusServer.Sample;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's metrics on their whole way to a real Prometheus, which then answers
 * for them.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class MetricsToPrometheusTests {

	private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

	/**
	 * How far apart two bounds of classic buckets are, between which Prometheus guesses.
	 */
	private static final double CLASSIC_FACTOR = 2;

	/**
	 * The same of native histograms, whose bounds are those of the SDK and Micrometer.
	 */
	private static final double NATIVE_FACTOR = 1.1;

	private static PrometheusServer prometheus;

	private static AmpEndpoint amp;

	@BeforeAll
	static void startPrometheus() {
		prometheus = PrometheusServer.start();
		amp = AmpEndpoint.before(prometheus);
	}

	@AfterAll
	static void stopPrometheus() {
		if (prometheus != null) {
			amp.close();
			prometheus.close();
			assertThat(amp.refusals()).isEmpty();
		}
	}

	@Test
	void countersAndGaugesOfBothSourcesHaveTheirValues() {
		try (TestApplication application = start("values")) {
			MeteredShop.Stock stock = application.bean(MeteredShop.Stock.class);
			stock.place(3);
			stock.level(41);
			stock.sell("tea", 2);
			stock.sell("milk", 5);
			await(() -> assertThat(value("orders_placed_total{instance='values'}")).isEqualTo(3));
			await(() -> assertThat(value("stock_level{instance='values'}")).isEqualTo(41));
			await(() -> assertThat(value("sum(shop_sold_total{instance='values'})")).isEqualTo(7));
			stock.place(4);
			stock.level(17);
			stock.sell("tea", 1);
			await(() -> assertThat(value("orders_placed_total{instance='values'}")).isEqualTo(7));
			await(() -> assertThat(value("stock_level{instance='values'}")).isEqualTo(17));
			await(() -> assertThat(value("shop_sold_total{instance='values',item='tea'}")).isEqualTo(3));
			assertThat(atLast("increase(orders_placed_total{instance='values'}[5m])")).isEqualTo(7, ROUNDING);
			assertThat(atLast("increase(shop_sold_total{instance='values',item='tea'}[5m])")).isEqualTo(3, ROUNDING);
			assertThat(prometheus.query(quoted("orders_placed_total{instance='values'}"))).singleElement()
				.extracting(Sample::labels)
				.isEqualTo(Map.of("__name__", "orders_placed_total", "job", "shop", "instance", "values"));
		}
	}

	@Test
	void requestsHaveARateAndQuantilesInSeconds() {
		try (TestApplication application = start("requests")) {
			for (int i = 0; i < 30; i++) {
				application.get("/orders");
			}
			String labels = "{instance='requests',uri='/orders',status='200',method='GET'}";
			await(() -> assertThat(value("http_server_requests_seconds_count" + labels)).isEqualTo(30));
			Timer timer = application.bean(SimpleMeterRegistry.class)
				.get("http.server.requests")
				.tag("uri", "/orders")
				.timer();
			assertThat(value("http_server_requests_seconds_sum" + labels)).isEqualTo(timer.totalTime(TimeUnit.SECONDS),
					ROUNDING);
			assertThat(atLast("rate(http_server_requests_seconds_count" + labels + "[1m])")).isEqualTo(30 / 60.0,
					ROUNDING);
			double max = timer.max(TimeUnit.SECONDS);
			assertThat(quantile(1, "http_server_requests_seconds_bucket", labels)).isBetween(max, max * CLASSIC_FACTOR);
		}
	}

	@Test
	void quantilesOfTimersAndOfTheApiAreRightWithinABucket() {
		try (TestApplication application = start("quantiles")) {
			double[] seconds = application.bean(MeteredShop.Stock.class).reserve();
			String timer = "{instance='quantiles'}";
			await(() -> assertThat(value("stock_reserve_seconds_count" + timer)).isEqualTo(seconds.length));
			await(() -> assertThat(value("shop_reserved_seconds_count" + timer)).isEqualTo(seconds.length));
			for (String name : List.of("stock_reserve_seconds", "shop_reserved_seconds")) {
				assertThat(value(name + "_sum" + timer)).isEqualTo(Arrays.stream(seconds).sum(), ROUNDING);
				for (double quantile : new double[] { 0.5, 0.9, 0.99 }) {
					double real = seconds[(int) (quantile * seconds.length)];
					assertThat(quantile(quantile, name + "_bucket", timer)).isBetween(real / CLASSIC_FACTOR,
							real * CLASSIC_FACTOR);
				}
			}
		}
	}

	@Test
	void nativeHistogramsAreOneSeriesAndFiner() {
		try (TestApplication application = start("native", "management.adot.metrics.amp.histograms=native")) {
			double[] seconds = application.bean(MeteredShop.Stock.class).reserve();
			for (String name : List.of("stock_reserve_seconds", "shop_reserved_seconds")) {
				String series = name + "{instance='native'}";
				await(() -> assertThat(value("histogram_count(" + series + ")")).isEqualTo(seconds.length));
				assertThat(value("histogram_sum(" + series + ")")).isEqualTo(Arrays.stream(seconds).sum(), ROUNDING);
				assertThat(prometheus.query(quoted(name + "_bucket{instance='native'}"))).isEmpty();
				for (double quantile : new double[] { 0.5, 0.9, 0.99 }) {
					double real = seconds[(int) (quantile * seconds.length)];
					assertThat(value("histogram_quantile(" + quantile + ", " + series + ")"))
						.isBetween(real / NATIVE_FACTOR, real * NATIVE_FACTOR);
				}
			}
		}
	}

	@Test
	void theResourceIsJoinedThroughTargetInfo() {
		try (TestApplication application = start("info",
				"management.opentelemetry.resource-attributes.deployment.environment.name=prod")) {
			application.bean(MeteredShop.Stock.class).level(5);
			String join = "stock_level{instance='info'} * on (job, instance) "
					+ "group_left (deployment_environment_name, telemetry_distro_name) target_info";
			await(() -> assertThat(value(join)).isEqualTo(5));
			assertThat(prometheus.query(quoted(join)).get(0).labels())
				.containsEntry("deployment_environment_name", "prod")
				.containsEntry("telemetry_distro_name", "adot-spring-boot-starter");
		}
	}

	@Test
	void increasesAreRightAcrossARestartOfTheSameInstance() {
		place("again", 3);
		try (TestApplication application = start("again")) {
			application.bean(MeteredShop.Stock.class).place(2);
			await(() -> assertThat(value("orders_placed_total{instance='again'}")).isEqualTo(2));
			assertThat(atLast("increase(orders_placed_total{instance='again'}[5m])")).isEqualTo(5, ROUNDING);
		}
	}

	@Test
	void increasesAreRightAcrossARestartAsAnotherInstance() {
		place("old", 3);
		try (TestApplication application = start("new")) {
			application.bean(MeteredShop.Stock.class).place(2);
			await(() -> assertThat(value("orders_placed_total{instance=~'old|new'}")).isEqualTo(2));
			Instant last = last("orders_placed_total{instance='new'}");
			assertThat(value("increase(orders_placed_total{instance='new'}[5m])", last)).isEqualTo(2, ROUNDING);
			// Prometheus lets what ended go on for half the time between two samples,
			// which is half of all there is with two of them.
			assertThat(value("sum(increase(orders_placed_total{instance=~'old|new'}[5m]))", last)).isBetween(5 - 1e-6,
					3 * 1.5 + 2 + 1e-6);
		}
	}

	@Test
	void nothingIsThereAnyMoreOnceTheApplicationHasEnded(CapturedOutput output) {
		try (TestApplication application = start("ended")) {
			application.bean(MeteredShop.Stock.class).place(1);
			application.bean(MeteredShop.Stock.class).reserve();
			application.bean(MeteredShop.Stock.class).sell("tea", 1);
			await(() -> assertThat(value("orders_placed_total{instance='ended'}")).isEqualTo(1));
			await(() -> assertThat(value("shop_sold_total{instance='ended'}")).isEqualTo(1));
			application.stop();
			assertThat(prometheus.query("{instance=\"ended\"}")).isEmpty();
			assertThat(prometheus.query("last_over_time({instance=\"ended\"}[5m])")).hasSizeGreaterThan(50);
			assertThat(output).doesNotContain("WARN").doesNotContain("lost");
		}
	}

	@Test
	void whatWasMeasuredSinceTheLastExportArrivesOnTheWayOut() {
		try (TestApplication application = start("partial", "management.otlp.metrics.export.step=1h",
				"otel.metric.export.interval=3600000")) {
			application.bean(MeteredShop.Stock.class).place(3);
			application.bean(MeteredShop.Stock.class).sell("tea", 4);
			double[] seconds = application.bean(MeteredShop.Stock.class).reserve();
			application.stop();
			assertThat(value("last_over_time(orders_placed_total{instance='partial'}[5m])")).isEqualTo(3);
			assertThat(value("last_over_time(shop_sold_total{instance='partial'}[5m])")).isEqualTo(4);
			assertThat(value("last_over_time(stock_reserve_seconds_count{instance='partial'}[5m])"))
				.isEqualTo(seconds.length);
			assertThat(prometheus.query("{instance=\"partial\"}")).isEmpty();
		}
	}

	private static void place(String instance, int orders) {
		try (TestApplication application = start(instance)) {
			application.bean(MeteredShop.Stock.class).place(orders);
			await(() -> assertThat(value("orders_placed_total{instance='" + instance + "'}")).isEqualTo(orders));
		}
	}

	private static TestApplication start(String instance, String... properties) {
		return TestApplication.start(MeteredShop.class,
				Stream.concat(Stream.of("spring.application.name=shop",
						"management.opentelemetry.resource-attributes.service.instance.id=" + instance,
						"management.otlp.metrics.export.enabled=true", "management.otlp.metrics.export.step=1s",
						"otel.metric.export.interval=1000", "management.adot.metrics.export.to=amp",
						"management.adot.metrics.amp.url=" + prometheus.writeUrl(),
						"management.adot.aws.region=eu-west-1"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static double quantile(double quantile, String buckets, String labels) {
		return value("histogram_quantile(" + quantile + ", sum by (le) (rate(" + buckets + labels + "[5m])))");
	}

	private static double value(String promql) {
		return value(promql, Instant.now());
	}

	private static double value(String promql, Instant time) {
		List<Sample> samples = prometheus.query(quoted(promql), time);
		assertThat(samples).as(promql).hasSize(1);
		return samples.get(0).value();
	}

	/**
	 * The value of a function at the time of the last sample, beyond which Prometheus
	 * would guess.
	 */
	private static double atLast(String function) {
		String series = function.substring(function.indexOf('(') + 1, function.indexOf('['));
		return value(function, last(series));
	}

	private static Instant last(String series) {
		return Instant.ofEpochMilli(Math.round(value("timestamp(" + series + ")") * 1000));
	}

	private static String quoted(String promql) {
		return promql.replace('\'', '"');
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
	}

}
