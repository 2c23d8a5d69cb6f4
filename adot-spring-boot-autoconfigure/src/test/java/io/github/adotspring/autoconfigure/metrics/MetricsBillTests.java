package io.github.adotspring.autoconfigure.metrics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.metrics.MetricsBill.Charge;
import io.github.adotspring.autoconfigure.metrics.MetricsBill.Report;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsBill} and what it is made of.
 */
final class MetricsBillTests {

	private static final MetricsPrices LIST = new MetricsPrices(YearMonth.of(2026, 11), 0.50, 0.30, 0.50, 0.01, 0.90);

	private static final double GIGABYTE = 1L << 30;

	private static final double MINUTES_PER_MONTH = 43_776;

	private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T10:00:00Z"));

	private final MetricsBill bill = new MetricsBill(LIST, this.clock);

	@Test
	void isEmptyBeforeAnythingIsSent() {
		assertThat(this.bill.reports()).isEmpty();
	}

	@Test
	void countsSeriesAndDataPointsOfAMinute() {
		for (int minute = 0; minute < 5; minute++) {
			this.bill.sent("cloudwatch", message(counter("orders", 2, "shop", "a"), counter("orders", 1, "shop", "b")));
			this.bill.sent("cloudwatch", message(counter("orders", 3, "shop", "b"), counter("returns", 1)));
			this.clock.pass(Duration.ofMinutes(1));
		}
		Report report = this.bill.reports().get("cloudwatch");
		assertThat(report.series()).isEqualTo(3);
		assertThat(report.dataPointsPerMinute()).isEqualTo(4);
		assertThat(report.pricesAsOf()).isEqualTo("2026-11");
	}

	@ParameterizedTest
	@CsvSource({ "10, 12", "30, 4", "60, 2", "300, 0.4" })
	void findsTheRateWhateverTheInterval(int seconds, double perMinute) {
		for (int i = 0; i < 8; i++) {
			this.bill.sent("amp", message(counter("orders", 1)));
			this.clock.pass(Duration.ofSeconds(1));
			this.bill.sent("amp", message(counter("returns", 1)));
			this.clock.pass(Duration.ofSeconds(seconds - 1));
		}
		assertThat(this.bill.reports().get("amp").dataPointsPerMinute()).isEqualTo(perMinute);
	}

	@Test
	void takesTheFirstExportForThatOfAMinute() {
		this.bill.sent("amp", message(counter("orders", 1), counter("returns", 1)));
		this.clock.pass(Duration.ofMillis(100));
		this.bill.sent("amp", message(counter("refunds", 1)));
		assertThat(this.bill.reports().get("amp").dataPointsPerMinute()).isEqualTo(3);
	}

	@Test
	void forgetsSeriesAndRatesOfEarlierHours() {
		for (int minute = 0; minute < 60; minute++) {
			this.bill.sent("emf", message(counter("orders", 1), counter("order", 1, "id", Integer.toString(minute))));
			this.clock.pass(Duration.ofMinutes(1));
		}
		assertThat(this.bill.reports().get("emf").series()).isEqualTo(61);
		assertThat(this.bill.reports().get("emf").dataPointsPerMinute()).isEqualTo(2);
		for (int minute = 0; minute < 10; minute++) {
			assertThat(this.bill.reports().get("emf").series()).as("minute %d", minute).isEqualTo(61);
			this.bill.sent("emf", message(counter("orders", 1)));
			this.clock.pass(Duration.ofMinutes(1));
		}
		assertThat(this.bill.reports().get("emf")).satisfies((report) -> {
			assertThat(report.series()).isEqualTo(1);
			assertThat(report.dataPointsPerMinute()).isEqualTo(1);
		});
	}

	@Test
	void costsNothingOnceNothingIsSent() {
		this.bill.sent("emf", message(counter("orders", 1)));
		this.clock.pass(Duration.ofHours(3));
		assertThat(this.bill.reports().get("emf")).satisfies((report) -> {
			assertThat(report.series()).isZero();
			assertThat(report.dataPointsPerMinute()).isZero();
			assertThat(report.usdPerMonth()).isZero();
		});
		this.bill.sent("emf", message(counter("orders", 1)));
		assertThat(this.bill.reports().get("emf").series()).isEqualTo(1);
	}

	@Test
	void billsCloudWatchByNameAttributesTimeAndValue() {
		// Resource 12 + 4, scope 1, name 6, attribute 4 + 1, time and value 16.
		double bytes = 16 + 1 + 6 + 5 + 16;
		this.bill.sent("cloudwatch", message(counter("orders", 1, "shop", "a")));
		assertThat(this.bill.reports().get("cloudwatch").charges()).singleElement()
			.satisfies((charge) -> assertCharge(charge, "GB of metrics", bytes * MINUTES_PER_MONTH / GIGABYTE, 0.50));
		assertThat(bytesOf(counter("orders", 1, "shop", "a"))).isEqualTo(bytes);
	}

	@Test
	void countsBytesAndNotCharacters() {
		assertThat(bytesOf(counter("o", 1, "k", "€"))).isEqualTo(16 + 1 + 1 + 4 + 16);
	}

	@Test
	void countsAttributesOfEveryType() {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
			.addAttributes(KeyValue.newBuilder().setKey("b").setValue(AnyValue.newBuilder().setBoolValue(true)))
			.addAttributes(KeyValue.newBuilder().setKey("i").setValue(AnyValue.newBuilder().setIntValue(1)))
			.addAttributes(KeyValue.newBuilder().setKey("d").setValue(AnyValue.newBuilder().setDoubleValue(1)))
			.addAttributes(KeyValue.newBuilder()
				.setKey("a")
				.setValue(AnyValue.newBuilder()
					.setArrayValue(
							ArrayValue.newBuilder().addValues(AnyValue.newBuilder().setStringValue("x").build()))));
		Metric metric = Metric.newBuilder().setName("o").setGauge(Gauge.newBuilder().addDataPoints(point)).build();
		// The array is a field of a value of a field with one letter, two bytes for each.
		assertThat(bytesOf(metric)).isEqualTo(16 + 1 + 1 + 2 + 9 + 9 + 1 + 7 + 16);
	}

	@Test
	void countsAHistogramAsLargeAsItIsEncoded() {
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
			.setTimeUnixNano(1)
			.setCount(3)
			.setSum(2)
			.addAllExplicitBounds(List.of(1.0, 2.0))
			.addAllBucketCounts(List.of(1L, 1L, 1L));
		int encoded = point.build().getSerializedSize();
		point.addAttributes(attribute("shop", "a")).addExemplars(Exemplar.newBuilder().setAsDouble(1));
		Metric metric = Metric.newBuilder()
			.setName("timer")
			.setHistogram(Histogram.newBuilder().addDataPoints(point))
			.build();
		assertThat(bytesOf(metric)).isEqualTo(16 + 1 + 5 + 5 + encoded);
		assertThat(encoded).isGreaterThan(16);
	}

	@Test
	void billsEmfByCustomMetricsAndTheSizeOfDocuments() {
		for (int minute = 0; minute < 3; minute++) {
			this.bill.sent("emf", message(counter("orders", 1, "shop", "a"), counter("orders", 1, "shop", "b"),
					counter("returns", 1, "shop", "b")));
			this.clock.pass(Duration.ofMinutes(1));
		}
		// Two documents: resource 16 and its member's name, and an attribute which is a
		// dimension. Three metrics: twice the name, a declaration and a number.
		double documents = 2 * (150 + 16 + 14 + 6 + 5 + 4 + 9);
		double bytes = documents + (2 * 6 + 34 + 6 + 8) + (2 * 6 + 34 + 6 + 8) + (2 * 7 + 34 + 6 + 8);
		List<Charge> charges = this.bill.reports().get("emf").charges();
		assertCharge(charges.get(0), "custom metrics", 3, 0.30);
		assertCharge(charges.get(1), "GB of logs", bytes * MINUTES_PER_MONTH / GIGABYTE, 0.50);
		assertThat(charges).hasSize(2);
	}

	@Test
	void estimatesTheSizeOfARealDocumentWithinAThird() {
		String document = """
				{"_aws":{"Timestamp":1700000000000,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[["method","uri",\
				"status","outcome"]],"Metrics":[{"Name":"http.server.requests","Unit":"Milliseconds"}]}]},"Version":"1",\
				"otel.resource.service.name":"shop","method":"GET","uri":"/orders","status":"200","outcome":"SUCCESS",\
				"http.server.requests":{"Values":[11.5,13.25,18.5,22.75],"Counts":[10,20,30,40],"Max":23.1,"Min":10.9,\
				"Count":100,"Sum":1725.5}}""";
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
			.addAttributes(attribute("method", "GET"))
			.addAttributes(attribute("uri", "/orders"))
			.addAttributes(attribute("status", "200"))
			.addAttributes(attribute("outcome", "SUCCESS"))
			.addAllBucketCounts(List.of(0L, 10L, 20L, 30L, 40L, 0L));
		Metric metric = Metric.newBuilder()
			.setName("http.server.requests")
			.setHistogram(Histogram.newBuilder().addDataPoints(point))
			.build();
		this.bill.sent("emf", message(metric));
		double estimate = this.bill.reports().get("emf").charges().get(1).perMonth() * GIGABYTE / MINUTES_PER_MONTH;
		assertThat(estimate).isCloseTo(document.length() + 26, Assertions.withinPercentage(33));
	}

	@Test
	void billsTheApiByCustomMetricsAndRequestsOfAThousand() {
		Metric[] many = IntStream.range(0, 1_001)
			.mapToObj((i) -> counter("orders", 1, "shop", Integer.toString(i)))
			.toArray(Metric[]::new);
		for (int minute = 0; minute < 3; minute++) {
			this.bill.sent("cloudwatch-api", message(many));
			this.clock.pass(Duration.ofMinutes(1));
		}
		Report report = this.bill.reports().get("cloudwatch-api");
		assertThat(report.charges()).containsExactly(new Charge("custom metrics", 1_001, 300.3),
				new Charge("requests to PutMetricData", 87_552, 0.8755));
		assertThat(report.usdPerMonth()).isEqualTo(301.1755);
	}

	@Test
	void billsPrometheusByTheSamplesOfClassicHistograms() {
		Metric timer = Metric.newBuilder()
			.setName("timer")
			.setHistogram(Histogram.newBuilder()
				.addDataPoints(HistogramDataPoint.newBuilder()
					.addAllExplicitBounds(List.of(1.0, 2.0, 3.0))
					.addAllBucketCounts(List.of(1L, 1L, 1L, 1L)))
				.addDataPoints(HistogramDataPoint.newBuilder()))
			.build();
		Metric exponential = Metric.newBuilder()
			.setName("exponential")
			.setExponentialHistogram(
					ExponentialHistogram.newBuilder().addDataPoints(ExponentialHistogramDataPoint.newBuilder()))
			.build();
		Metric summary = Metric.newBuilder()
			.setName("summary")
			.setSummary(Summary.newBuilder()
				.addDataPoints(SummaryDataPoint.newBuilder()
					.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5))))
			.build();
		assertThat(samplesOf(counter("orders", 1))).isEqualTo(1 + 1);
		assertThat(samplesOf(timer)).isEqualTo(1 + (3 + 1 + 2) + (1 + 2));
		assertThat(samplesOf(exponential)).isEqualTo(1 + 15 + 1 + 2);
		assertThat(samplesOf(summary)).isEqualTo(1 + 1 + 2);
		this.bill.sent("amp", message(timer));
		assertThat(this.bill.reports().get("amp").charges())
			.containsExactly(new Charge("samples", 10 * MINUTES_PER_MONTH, 0.0394));
	}

	@Test
	void countsSamplesAsItIsTold() {
		MetricsBill told = new MetricsBill(LIST, this.clock, (metric) -> metric.getName().length());
		told.sent("amp", message(counter("orders", 1), counter("returns", 1)));
		assertThat(told.reports().get("amp").charges()).extracting(Charge::perMonth)
			.containsExactly((1 + 6 + 7) * MINUTES_PER_MONTH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "collector", "console", "none", "anything" })
	void costsNothingWhereAwsDoesNotBill(String destination) {
		this.bill.sent(destination, message(counter("orders", 1)));
		Report report = this.bill.reports().get(destination);
		assertThat(report.charges()).isEmpty();
		assertThat(report.usdPerMonth()).isZero();
		assertThat(report.dataPointsPerMinute()).isEqualTo(1);
		assertThat(report.series()).isEqualTo(1);
	}

	@Test
	void keepsDestinationsApart() {
		this.bill.sent("emf", message(counter("orders", 1)));
		this.bill.sent("amp", message(counter("orders", 1), counter("returns", 1)));
		assertThat(this.bill.reports()).containsOnlyKeys("amp", "emf");
		assertThat(this.bill.reports().get("emf").series()).isEqualTo(1);
		assertThat(this.bill.reports().get("amp").series()).isEqualTo(2);
	}

	@Test
	void takesAttributesInAnotherOrderForTheSameSeries() {
		this.bill.sent("emf",
				message(counter("orders", 1, "a", "1", "b", "2"), counter("orders", 1, "b", "2", "a", "1"),
						counter("orders", 1, "a", "2", "b", "1"), counter("orders", 1, "a1", "", "b", "2")));
		assertThat(this.bill.reports().get("emf").series()).isEqualTo(3);
	}

	@Test
	void countsNoMoreSeriesThanItHasRoomForAndSaysSo() {
		Random random = new Random(1);
		for (int message = 0; message < 1_000; message++) {
			this.bill.sent("emf",
					message(IntStream.range(0, 1_000)
						.mapToObj((i) -> counter("orders", 1, "customer", Long.toString(random.nextLong())))
						.toArray(Metric[]::new)));
		}
		Report report = this.bill.reports().get("emf");
		assertThat(report.series()).isEqualTo(100_000);
		assertThat(report.dataPointsPerMinute()).isEqualTo(1_000_000);
		assertThat(report.note()).endsWith("There are more series than are counted here.");
	}

	@Test
	void tellsNoTwoSeriesForOne() {
		this.bill.sent("emf",
				message(IntStream.range(0, 50_000)
					.mapToObj((i) -> counter("orders" + i % 100, 1, "customer", Integer.toString(i / 100)))
					.toArray(Metric[]::new)));
		assertThat(this.bill.reports().get("emf").series()).isEqualTo(50_000);
		assertThat(this.bill.reports().get("emf").note()).doesNotContain("more series");
	}

	@Test
	void takesBytesThatAreNoMessageForNothing() {
		this.bill.sent("emf", "not an OTLP message".getBytes(StandardCharsets.UTF_8));
		assertThat(this.bill.reports()).isEmpty();
		this.bill.sent("emf", new byte[0]);
		assertThat(this.bill.reports().get("emf").usdPerMonth()).isZero();
		this.bill.sent("emf", message(Metric.newBuilder().setName("without data").build()));
		assertThat(this.bill.reports().get("emf").series()).isZero();
	}

	private static void assertCharge(Charge charge, String unit, double perMonth, double price) {
		assertThat(charge.unit()).isEqualTo(unit);
		assertThat(charge.perMonth()).isCloseTo(perMonth, Assertions.within(0.00006));
		assertThat(charge.usdPerMonth()).isCloseTo(perMonth * price, Assertions.within(0.00006));
	}

	private static double bytesOf(Metric metric) {
		return volume(metric).otlpBytes();
	}

	private static double samplesOf(Metric metric) {
		return volume(metric).samples();
	}

	private static Volume volume(Metric metric) {
		try {
			return MeteredMessage.read(message(metric), ClassicSamples::of).volume();
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] message(Metric... metrics) {
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder()
				.setResource(Resource.newBuilder().addAttributes(attribute("service.name", "shop")))
				.addScopeMetrics(ScopeMetrics.newBuilder()
					.setScope(InstrumentationScope.newBuilder().setName("s"))
					.addAllMetrics(List.of(metrics))))
			.build()
			.toByteArray();
	}

	private static Metric counter(String name, double value, String... attributes) {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(1);
		for (int i = 0; i < attributes.length; i += 2) {
			point.addAttributes(attribute(attributes[i], attributes[i + 1]));
		}
		return Metric.newBuilder().setName(name).setSum(Sum.newBuilder().addDataPoints(point)).build();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

}
