package io.github.adotspring.autoconfigure.amp;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.github.adotspring.autoconfigure.testing.PrometheusServer;
import io.github.adotspring.autoconfigure.testing.PrometheusServer.Sample;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what {@link RemoteWriteTranslator} makes to a real Prometheus and asks for it.
 */
final class PrometheusTests {

	/** Twenty intervals of half a minute. */
	private static final Instant BEGIN = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);

	private static final Duration STEP = Duration.ofSeconds(30);

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static PrometheusServer prometheus;

	private final ManualClock clock = new ManualClock(BEGIN);

	@BeforeAll
	static void start() {
		prometheus = PrometheusServer.start();
	}

	@AfterAll
	static void stop() {
		if (prometheus != null) {
			prometheus.close();
		}
	}

	@Test
	void knowsTheValueAndTheRateOfACounter() {
		RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC);
		for (int i = 1; i <= 20; i++) {
			export(translator, OtlpMetrics.counter("orders.placed", "{order}", OtlpMetrics.number(at(i), 60 * i)),
					"counter-1");
		}
		assertThat(value("orders_placed_total{instance=\"counter-1\"}", at(20))).isEqualTo(1200);
		assertThat(value("rate(orders_placed_total{instance=\"counter-1\"}[5m])", at(20))).isEqualTo(2,
				Offset.offset(1e-9));
		assertThat(prometheus.query("orders_placed_total{instance=\"counter-1\"}", at(20)).get(0).labels())
			.containsOnly(Map.entry("__name__", "orders_placed_total"), Map.entry("job", "shop/till"),
					Map.entry("instance", "counter-1"));
	}

	@Test
	void seesTheFirstIncreaseOfACounterThatBegins() {
		RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC);
		Metric.Builder errors = OtlpMetrics.counter("orders.failed", "",
				OtlpMetrics.number(at(10), 1).setStartTimeUnixNano(OtlpMetrics.nanos(at(9).plusSeconds(7))));
		export(translator, errors, "begin-1");
		errors.getSumBuilder().getDataPointsBuilder(0).setTimeUnixNano(OtlpMetrics.nanos(at(11)));
		export(translator, errors, "begin-1");
		assertThat(value("increase(orders_failed_total{instance=\"begin-1\"}[5m])", at(11))).isBetween(1.0, 1.5);
	}

	@Test
	void keepsTheRateRightWhenTheApplicationIsRestarted() {
		RemoteWriteTranslator first = translator(HistogramForm.CLASSIC);
		for (int i = 1; i <= 10; i++) {
			export(first, restarted(i, 60 * i, at(0)), "restart-1");
		}
		this.clock.pass(Duration.between(this.clock.instant(), at(10).plusSeconds(1)));
		write(first.last());
		assertThat(prometheus.query("calls_total{instance=\"restart-1\"}", at(10).plusSeconds(2))).isEmpty();
		RemoteWriteTranslator second = translator(HistogramForm.CLASSIC);
		for (int i = 11; i <= 20; i++) {
			export(second, restarted(i, 60 * (i - 10), at(10).plusSeconds(3)), "restart-1");
		}
		assertThat(value("calls_total{instance=\"restart-1\"}", at(20))).isEqualTo(600);
		assertThat(value("increase(calls_total{instance=\"restart-1\"}[10m])", at(20))).isCloseTo(1200,
				Percentage.withPercentage(2));
		assertThat(value("rate(calls_total{instance=\"restart-1\"}[5m])", at(20))).isCloseTo(2,
				Percentage.withPercentage(2));
	}

	private static Metric.Builder restarted(int step, double value, Instant start) {
		return OtlpMetrics.counter("calls", "",
				OtlpMetrics.number(at(step), value).setStartTimeUnixNano(OtlpMetrics.nanos(start)));
	}

	@Test
	void takesGaugesOfAllNumbers() {
		RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC);
		double[] values = { 36.6, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY,
				Double.NEGATIVE_INFINITY };
		for (int i = 0; i < values.length; i++) {
			export(translator, OtlpMetrics.gauge("oven.temperature", "Cel", OtlpMetrics.number(at(i + 1), values[i])),
					"gauge-1");
			assertThat(value("oven_temperature_celsius{instance=\"gauge-1\"}", at(i + 1)))
				.isEqualTo(Double.valueOf(values[i]));
		}
	}

	@Test
	void joinsTheResourceThroughTargetInfo() {
		RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC);
		export(translator, OtlpMetrics.gauge("queue.size", "", OtlpMetrics.number(at(5), 3)), "target-1");
		List<Sample> joined = prometheus.query("queue_size{instance=\"target-1\"} * on (job, instance) "
				+ "group_left (deployment_environment_name) target_info", at(5));
		assertThat(joined).singleElement().satisfies((sample) -> {
			assertThat(sample.value()).isEqualTo(3);
			assertThat(sample.labels()).containsEntry("deployment_environment_name", "prod");
		});
	}

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void estimatesQuantilesOfATimerWithinABucket(HistogramForm form) {
		RemoteWriteTranslator translator = translator(form);
		String instance = "timer-" + form;
		Recorder recorder = new Recorder(160);
		Random random = new Random(4);
		for (int i = 1; i <= 20; i++) {
			for (int j = 0; j < 60; j++) {
				recorder.record(0.08 * Math.exp(random.nextGaussian()));
			}
			export(translator, OtlpMetrics.exponential("http.server.duration", "s", at(i), recorder::write), instance);
		}
		boolean isNative = form == HistogramForm.NATIVE;
		String series = "http_server_duration_seconds" + (isNative ? "" : "_bucket") + "{instance=\"" + instance
				+ "\"}";
		// Prometheus interpolates between bounds, at most a factor of two apart here.
		double factor = isNative ? 1.1 : 2;
		double[] sorted = recorder.values().stream().skip(600).mapToDouble(Double::doubleValue).sorted().toArray();
		for (double quantile : new double[] { 0.1, 0.5, 0.9, 0.99 }) {
			double real = sorted[(int) (quantile * sorted.length)];
			String rate = "rate(" + series + "[5m])";
			assertThat(value("histogram_quantile(" + quantile + ", "
					+ (isNative ? "sum(" + rate + ")" : "sum by (le) (" + rate + ")") + ")", at(20)))
				.isBetween(real / factor, real * factor);
		}
		String count = isNative ? "histogram_count(" + series + ")"
				: "http_server_duration_seconds_count{instance=\"" + instance + "\"}";
		assertThat(value(count, at(20))).isEqualTo(1200);
		assertThat(value(isNative ? "histogram_sum(" + series + ")" : count.replace("_count", "_sum"), at(20)))
			.isEqualTo(recorder.values().stream().mapToDouble(Double::doubleValue).sum(), Offset.offset(1e-6));
	}

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void keepsRatesRightWhileTheRangeOfAHistogramGrows(HistogramForm form) {
		RemoteWriteTranslator translator = translator(form);
		String instance = "growing-" + form;
		// Few buckets, so that the scale shrinks from 20 to 0 on the way.
		Recorder recorder = new Recorder(24);
		for (int i = 1; i <= 20; i++) {
			for (int j = 0; j < 30; j++) {
				recorder.record(Math.scalb(1.25, (i * j) % (2 * i) - i));
			}
			export(translator, OtlpMetrics.exponential("batch.duration", "s", at(i), recorder::write), instance);
		}
		String rate = (form == HistogramForm.NATIVE)
				? "histogram_count(rate(batch_duration_seconds{instance=\"" + instance + "\"}[9m]))"
				: "rate(batch_duration_seconds_bucket{instance=\"" + instance + "\",le=\"+Inf\"}[9m])";
		assertThat(value(rate, at(20))).isCloseTo(1, Percentage.withPercentage(1));
		if (form == HistogramForm.CLASSIC) {
			TreeMap<Double, Double> buckets = new TreeMap<>();
			prometheus.query("batch_duration_seconds_bucket{instance=\"" + instance + "\"}", at(20))
				.forEach((bucket) -> buckets
					.put(Double.parseDouble(bucket.labels().get("le").replace("+Inf", "Infinity")), bucket.value()));
			assertThat(buckets).hasSizeBetween(16, 21)
				.allSatisfy((bound, count) -> assertThat(count).isEqualTo(recorder.upTo(bound)));
			assertThat(prometheus.query("resets(batch_duration_seconds_bucket{instance=\"" + instance + "\"}[10m]) > 0",
					at(20)))
				.isEmpty();
		}
	}

	@Test
	void takesHistogramsWithBucketsOfTheApplication() {
		RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC);
		export(translator,
				OtlpMetrics.histogram("response.size", "By", at(3),
						(point) -> point.addAllExplicitBounds(List.of(0.5, 1000.0))
							.addAllBucketCounts(List.of(1L, 2L, 3L))
							.setCount(6)
							.setSum(9000)),
				"explicit-1");
		assertThat(value("response_size_bytes_bucket{instance=\"explicit-1\",le=\"0.5\"}", at(3))).isEqualTo(1);
		assertThat(value("response_size_bytes_bucket{instance=\"explicit-1\",le=\"1000\"}", at(3))).isEqualTo(3);
		assertThat(value("response_size_bytes_bucket{instance=\"explicit-1\",le=\"+Inf\"}", at(3))).isEqualTo(6);
		assertThat(value("response_size_bytes_sum{instance=\"explicit-1\"}", at(3))).isEqualTo(9000);
	}

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void showsNoSeriesAnyMoreWhenTheApplicationHasEnded(HistogramForm form) {
		RemoteWriteTranslator translator = translator(form);
		String instance = "ended-" + form;
		Recorder recorder = new Recorder(160).record(0.1).record(3);
		export(translator, OtlpMetrics.exponential("a.timer", "s", at(4), recorder::write), instance);
		export(translator, OtlpMetrics.gauge("a.gauge", "", OtlpMetrics.number(at(4), 3)), instance);
		assertThat(prometheus.query("{instance=\"" + instance + "\"}", at(4).plusSeconds(1)))
			.hasSizeGreaterThanOrEqualTo(3);
		this.clock.pass(Duration.ofSeconds(1));
		write(translator.last());
		assertThat(prometheus.query("{instance=\"" + instance + "\"}", at(4).plusSeconds(2))).isEmpty();
	}

	@Test
	void takesManyPointsInSeveralRequests() {
		RemoteWriteTranslator translator = new RemoteWriteTranslator(
				new MetricReader(HistogramForm.CLASSIC, new BucketBounds(20)), new SentSeries(10_000),
				new RequestLimit(20_000), this.clock);
		Metric.Builder metric = OtlpMetrics.gauge("many", "",
				IntStream.range(0, 3000)
					.mapToObj((i) -> OtlpMetrics.number(at(6), i, OtlpMetrics.attribute("item", "number " + i)))
					.toArray(NumberDataPoint.Builder[]::new));
		Split split = translator.split(message(metric, "many-1"));
		assertThat(split.parts()).hasSizeGreaterThan(1);
		write(split.parts());
		assertThat(value("count(many{instance=\"many-1\"})", at(6))).isEqualTo(3000);
		assertThat(value("sum(many{instance=\"many-1\"})", at(6))).isEqualTo(2999 * 1500);
	}

	private static double value(String promql, Instant time) {
		List<Sample> samples = prometheus.query(promql, time);
		assertThat(samples).as(promql).hasSize(1);
		return samples.get(0).value();
	}

	private static Instant at(int step) {
		return BEGIN.plus(STEP.multipliedBy(step));
	}

	private RemoteWriteTranslator translator(HistogramForm form) {
		return new RemoteWriteTranslator(new MetricReader(form, new BucketBounds(20)), new SentSeries(1000),
				RequestLimit.AMP, this.clock);
	}

	private void export(RemoteWriteTranslator translator, Metric.Builder metric, String instance) {
		Instant time = Instant.ofEpochSecond(0, switch (metric.getDataCase()) {
			case GAUGE -> metric.getGauge().getDataPoints(0).getTimeUnixNano();
			case SUM -> metric.getSum().getDataPoints(0).getTimeUnixNano();
			case HISTOGRAM -> metric.getHistogram().getDataPoints(0).getTimeUnixNano();
			default -> metric.getExponentialHistogram().getDataPoints(0).getTimeUnixNano();
		});
		this.clock.pass(Duration.between(this.clock.instant(), time));
		Split split = translator.split(message(metric, instance));
		assertThat(split.dropped()).isEmpty();
		write(split.parts());
	}

	private static byte[] message(Metric.Builder metric, String instance) {
		KeyValue[] resource = { OtlpMetrics.attribute("service.name", "till"),
				OtlpMetrics.attribute("service.namespace", "shop"),
				OtlpMetrics.attribute("service.instance.id", instance),
				OtlpMetrics.attribute("deployment.environment.name", "prod") };
		return OtlpMetrics.message(OtlpMetrics.scope(metric), resource);
	}

	/**
	 * Sends requests as the delivery does, and wants all samples to be taken.
	 */
	private static void write(List<Part> parts) {
		RemoteWriteFormat format = new RemoteWriteFormat();
		for (Part part : parts) {
			HttpRequest.Builder request = HttpRequest.newBuilder(prometheus.writeUrl())
				.header("Content-Type", format.contentType())
				.header("Content-Encoding", format.compressor().getEncoding())
				.POST(BodyPublishers.ofByteArray(SnappyCompressor.compress(part.message())));
			format.headers().forEach((name, values) -> request.header(name, values.get(0)));
			try {
				HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
				assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
