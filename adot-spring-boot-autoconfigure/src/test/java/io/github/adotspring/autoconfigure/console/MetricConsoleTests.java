package io.github.adotspring.autoconfigure.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricConsole}, {@link MetricStore}, {@link ConsoleSeries} and
 * {@link MetricTable}, by the bytes that come in and the lines that come out. Time passes
 * when a test says so.
 */
final class MetricConsoleTests {

	private static final double UNKNOWN = Double.NaN;

	private final LogLines log = LogLines.listen();

	private final MetricStore store = new MetricStore(100);

	private final List<Runnable> waiting = new ArrayList<>();

	private final MetricConsole console = console(this.store, true);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void showsWhatMovedAsATable() {
		deliver(TestMetrics.counter("orders.created", 60, 3),
				TestMetrics.timer("http.server.requests", TestMetrics.CUMULATIVE, 0, 60, 151, UNKNOWN,
						new long[] { 2, 6, 4, 0 }, "method", "GET", "exception", "none", "uri", "/orders", "status",
						"200"),
				TestMetrics.gauge("jvm.memory.used", "bytes", 60, 128 << 20, "area", "heap"),
				TestMetrics.gauge("jvm.memory.used", "bytes", 60, 1 << 20, "area", "nonheap"));
		assertThat(this.log.lines()).isEmpty();
		letTimePass();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.isEqualToNormalizingNewlines(
					"""
							INFO\s
							Metrics, 2 of 4 series moved
							  meter                 tags                               count    rate     mean      p50      p99       max
							  http.server.requests  method=GET uri=/orders status=200     12  0.20/s  12.6 ms  16.7 ms  39.4 ms  <40.0 ms
							  orders.created                                               3  0.05/s
							  2 gauges, e.g. jvm.memory.used area=heap 128.0 MB""");
	}

	@Test
	void showsOnlyWhatCameSinceTheLastTable() {
		deliver(TestMetrics.counter("orders.created", 60, 3), TestMetrics.counter("orders.lost", 60, 1));
		letTimePass();
		deliver(TestMetrics.counter("orders.created", 120, 33), TestMetrics.counter("orders.lost", 120, 1));
		letTimePass();
		assertThat(this.log.lines()).hasSize(2);
		assertThat(table(1)).containsExactly("Metrics, 1 of 2 series moved",
				"  meter           tags  count    rate  mean  p50  p99  max", "  orders.created           30  0.50/s");
	}

	@Test
	void showsOneTableForAllPartsOfAnExport() {
		deliver(TestMetrics.counter("one", 60, 3));
		deliver(TestMetrics.counter("two", 60, 3));
		assertThat(this.waiting).hasSize(1);
		letTimePass();
		assertThat(this.log.lines()).singleElement().asString().contains("2 of 2 series moved");
	}

	@Test
	void isSilentWhileNothingMoves() {
		deliver(TestMetrics.counter("orders.created", 60, 3));
		letTimePass();
		deliver(TestMetrics.counter("orders.created", 120, 3), TestMetrics.gauge("queue.size", "", 120, 7));
		letTimePass();
		this.console.close();
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void isSilentWhileOnlyTheRuntimeAndTheStarterMoveAndTellsOfThemLater() {
		deliver(TestMetrics.counter("jvm.gc.pause", 60, 4), TestMetrics.counter("logback.events", 60, 1),
				TestMetrics.counter("adot.delivery.received", 60, 9));
		letTimePass();
		assertThat(this.log.lines()).isEmpty();
		deliver(TestMetrics.counter("orders.created", 120, 12), TestMetrics.counter("jvm.gc.pause", 120, 6));
		letTimePass();
		assertThat(table(0)).containsExactly("Metrics, 4 of 4 series moved",
				"  meter                   tags  count    rate  mean  p50  p99  max",
				"  orders.created                   12  0.10/s", "  adot.delivery.received            9  0.15/s",
				"  jvm.gc.pause                      6  0.05/s", "  logback.events                    1  0.02/s");
	}

	@Test
	void takesDeltasAsTheyAre() {
		deliver(TestMetrics.sum("orders", TestMetrics.DELTA, true, TestMetrics.number(0, 60, 6)));
		deliver(TestMetrics.sum("orders", TestMetrics.DELTA, true, TestMetrics.number(60, 120, 6)));
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  orders           12  0.10/s");
		deliver(TestMetrics.sum("orders", TestMetrics.DELTA, true, TestMetrics.number(120, 180, 3)));
		letTimePass();
		assertThat(table(1)).last().asString().isEqualTo("  orders            3  0.05/s");
	}

	@Test
	void countsOnAfterACounterBeganAnew() {
		deliver(TestMetrics.counter("orders", 60, 30));
		letTimePass();
		deliver(TestMetrics.counter("orders", 120, 6));
		letTimePass();
		assertThat(table(1)).last().asString().startsWith("  orders            6");
		deliver(TestMetrics.sum("orders", TestMetrics.CUMULATIVE, true, TestMetrics.number(120, 180, 9)));
		letTimePass();
		assertThat(table(2)).last().asString().isEqualTo("  orders            9  0.15/s");
	}

	@Test
	void forgetsNothingThatComesLate() {
		deliver(TestMetrics.counter("orders", 120, 12));
		deliver(TestMetrics.counter("orders", 60, 6));
		deliver(TestMetrics.counter("orders", 180, 18));
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  orders           18  0.10/s");
	}

	@Test
	void tellsMeanAndPercentilesOfWhatCameSinceTheLastTable() {
		String timer = "checkout";
		deliver(TestMetrics.timer(timer, TestMetrics.CUMULATIVE, 0, 60, 1000, 35, new long[] { 0, 0, 40, 0 }));
		letTimePass();
		assertThat(table(0)).last().asString().endsWith("40  0.67/s  25.0 ms  30.0 ms  35.0 ms  35.0 ms");
		deliver(TestMetrics.timer(timer, TestMetrics.CUMULATIVE, 0, 120, 1050, 35, new long[] { 10, 0, 40, 0 }));
		letTimePass();
		assertThat(table(1)).last().asString().endsWith("10  0.17/s  5.0 ms  5.0 ms  9.9 ms  <10.0 ms");
		deliver(TestMetrics.timer(timer, TestMetrics.CUMULATIVE, 0, 180, 1150, 100, new long[] { 10, 0, 40, 1 }));
		letTimePass();
		assertThat(table(2)).last().asString().endsWith("1  0.02/s  100.0 ms  40.0 ms  40.0 ms  100.0 ms");
	}

	@Test
	void tellsPercentilesOfExponentialHistogramsWhoseScaleFalls() {
		// Scale 1: 1 to 1.41 s. Then scale 0: 1 to 2 s, and 4 to 8 s.
		deliver(TestMetrics.exponential("job", 60, 1, 0, 1, 10, 9));
		letTimePass();
		assertThat(table(0)).last().asString().endsWith("10  0.17/s  1000.0 ms  1166.5 ms  1408.8 ms  <1414.2 ms");
		deliver(TestMetrics.exponential("job", 120, 0, 0, 1, 70, 9, 0, 10));
		letTimePass();
		assertThat(table(1)).last().asString().endsWith("10  0.17/s  6000.0 ms  5656.9 ms  7944.7 ms  <8000.0 ms");
	}

	@Test
	void namesTheLargestOfSeveralGaugesOfAMeter() {
		deliver(TestMetrics.counter("orders", 60, 1), TestMetrics.gauge("queue", "", 60, 2, "id", "small"),
				TestMetrics.gauge("queue", "", 60, 3, "id", "large"),
				TestMetrics.gauge("queue", "", 60, 1, "id", "last"));
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  3 gauges, e.g. queue id=large 3");
	}

	@Test
	void saysThatValuesAreBelowWhatTheHistogramCanTell() {
		Metric.Builder timer = TestMetrics.exponential("job", 60, 0, 0, 9, 1.3, 1).toBuilder();
		timer.getExponentialHistogramBuilder().getDataPointsBuilder(0).setZeroThreshold(0.00099999999);
		deliver(timer.build());
		letTimePass();
		assertThat(table(0)).last().asString().endsWith("10  0.17/s  130.0 ms  <1.0 ms  1866.1 ms  <2000.0 ms");
	}

	@Test
	void takesTheLargestValueFromMicrometersGauge() {
		deliver(TestMetrics.timer("checkout", TestMetrics.CUMULATIVE, 0, 60, 1000, UNKNOWN, new long[] { 0, 0, 40, 0 },
				"shop", "a"), unit("milliseconds", TestMetrics.gauge("checkout.max", "", 60, 33, "shop", "a")),
				TestMetrics.gauge("sessions.max", "", 60, 5));
		letTimePass();
		assertThat(table(0)).endsWith("  checkout  shop=a     40  0.67/s  25.0 ms  30.0 ms  39.8 ms  33.0 ms",
				"  1 gauge, e.g. sessions.max 5");
		deliver(TestMetrics.timer("checkout", TestMetrics.CUMULATIVE, 0, 120, 1030, UNKNOWN, new long[] { 0, 0, 41, 0 },
				"shop", "a"), unit("milliseconds", TestMetrics.gauge("checkout.max", "", 120, 0, "shop", "a")));
		letTimePass();
		assertThat(table(1)).contains("  checkout  shop=a      1  0.02/s  30.0 ms  30.0 ms  39.8 ms  <40.0 ms");
	}

	@Test
	void takesASummaryWithoutPercentiles() {
		deliver(Metric.newBuilder()
			.setName("cache.load")
			.setUnit("s")
			.setSummary(Summary.newBuilder()
				.addDataPoints(SummaryDataPoint.newBuilder()
					.setStartTimeUnixNano(TestMetrics.second(0))
					.setTimeUnixNano(TestMetrics.second(60))
					.setCount(60)
					.setSum(0.03)))
			.build());
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  cache.load           60   1/s  500.0 us");
	}

	@Test
	void tellsCountersOfBytesAndOfTimeInThem() {
		deliver(unit("By", TestMetrics.counter("sent", 60, 60 * 2048)),
				unit("seconds", TestMetrics.counter("waited", 60, 30)));
		letTimePass();
		assertThat(table(0)).contains("  sent          120.0 KB    2.0 KB/s", "  waited          30.0 s  500.0 ms/s");
	}

	@Test
	void countsWhatCanFallAmongTheGauges() {
		deliver(TestMetrics.counter("orders", 60, 1),
				TestMetrics.sum("connections", TestMetrics.CUMULATIVE, false, TestMetrics.number(0, 60, 5)),
				TestMetrics.sum("sessions", TestMetrics.DELTA, false, TestMetrics.number(0, 60, 5)));
		deliver(TestMetrics.sum("sessions", TestMetrics.DELTA, false, TestMetrics.number(60, 120, -2)));
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  2 gauges, e.g. connections 5, sessions 3");
	}

	@Test
	void namesTheMemoryAndAFewGaugesOfTheApplication() {
		deliver(TestMetrics.counter("orders", 60, 1), TestMetrics.gauge("jvm.memory.used", "By", 60, 1),
				TestMetrics.gauge("a", "", 60, 0.5), TestMetrics.gauge("b", "", 60, 1e15),
				TestMetrics.gauge("c", "", 60, 2, "id", "small"), TestMetrics.gauge("c", "", 60, 3, "id", "large"),
				TestMetrics.gauge("d", "", 60, 4), TestMetrics.gauge("disk.free", "bytes", 60, 4));
		letTimePass();
		assertThat(table(0)).last().asString().isEqualTo("  7 gauges, e.g. jvm.memory.used 1 B, a 0.50, b 1.00e+15");
	}

	@Test
	void showsTwentyRowsAndHowManyMoreThereAre() {
		deliver(IntStream.range(0, 32)
			.mapToObj((i) -> TestMetrics.counter("orders", 60, 1, "shop", Integer.toString(100 + i)))
			.toArray(Metric[]::new));
		letTimePass();
		assertThat(table(0)).hasSize(2 + 20 + 1).startsWith("Metrics, 32 of 32 series moved").endsWith("  and 12 more");
	}

	@Test
	void keepsSoManySeriesAndSaysOnceThatThereAreMore() {
		MetricStore small = new MetricStore(3);
		MetricConsole full = console(small, true);
		for (int minute = 1; minute <= 3; minute++) {
			for (int i = 0; i < 1_000; i++) {
				full.deliver(PayloadFixtures.metrics(TestMetrics
					.message(TestMetrics.counter("orders", 60 * minute, minute, "customer", Integer.toString(i)))));
			}
		}
		assertThat(small.series()).hasSize(3);
		assertThat(this.log.lines()).singleElement()
			.asString()
			.isEqualTo("WARN The console keeps 3 series of metrics and shows no others, the first of them orders"
					+ " customer=3. Look for a tag with many values, or set 'management.adot.console.max-series'.");
		letTimePass();
		assertThat(table(1)).last()
			.asString()
			.isEqualTo("  not shown: 2991 measurements of series for which there is no room");
	}

	@Test
	void makesRoomForNewSeriesWhereOthersAreNoLongerMeasured() {
		MetricStore small = new MetricStore(2);
		MetricConsole full = console(small, true);
		full.deliver(PayloadFixtures.metrics(TestMetrics.message(TestMetrics.counter("gone", 0, 1),
				TestMetrics.counter("there", 0, 1), TestMetrics.counter("there", 601, 1))));
		full.deliver(PayloadFixtures.metrics(TestMetrics.message(TestMetrics.counter("early", 600, 1))));
		assertThat(small.series()).extracting((series) -> series.key().meter()).containsExactly("gone", "there");
		full.deliver(PayloadFixtures.metrics(TestMetrics.message(TestMetrics.counter("new", 601, 1))));
		assertThat(small.series()).extracting((series) -> series.key().meter()).containsExactly("there", "new");
	}

	@Test
	void keepsMetersOfOneNameApartByTheirLibrary() {
		this.console.deliver(PayloadFixtures.metrics(TestMetrics.ofScope("one", TestMetrics.counter("orders", 60, 5))));
		this.console
			.deliver(PayloadFixtures.metrics(TestMetrics.ofScope("other", TestMetrics.counter("orders", 60, 7))));
		letTimePass();
		assertThat(table(0)).contains("  orders            5  0.08/s", "  orders            7  0.12/s");
	}

	@Test
	void leavesOutPointsWithoutAValue() {
		deliver(TestMetrics.sum("orders", TestMetrics.CUMULATIVE, true,
				TestMetrics.number(0, 60, 5)
					.toBuilder()
					.setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE)
					.build()));
		assertThat(this.store.series()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -1 })
	void takesOddNumbers(double value) {
		deliver(TestMetrics.counter("orders", 60, value), TestMetrics.gauge("level", "s", 60, value),
				TestMetrics.timer("timer", TestMetrics.CUMULATIVE, 0, 60, value, value, new long[] { 1, -1, 0, 1 }),
				TestMetrics.exponential("wide", 60, -2_000, Integer.MAX_VALUE, 1, value, 1, 1, 0, Long.MAX_VALUE),
				TestMetrics.exponential("narrow", 60, 2_000, Integer.MIN_VALUE, 1, value, 1, 1));
		letTimePass();
		deliver(TestMetrics.exponential("wide", 120, 2_000, 7, 2, value, 1, 1));
		letTimePass();
		assertThat(table(0)).anySatisfy((line) -> assertThat(line).startsWith("  timer "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\u001b", "\u2028" })
	void letsNoNameForgeALine(String separator) {
		deliver(TestMetrics.counter("or" + separator + "ders", 60, 1, "a", "b" + separator + "c"),
				TestMetrics.gauge("le" + separator + "vel", "", 60, 1));
		letTimePass();
		assertThat(table(0)).hasSize(4).contains("  or ders  a=b c      1  0.02/s", "  1 gauge, e.g. le vel 1");
	}

	@Test
	void keepsMetricsAndShowsNoneWhereTheLogIsOff() {
		MetricConsole silent = console(this.store, false);
		silent.deliver(PayloadFixtures.metrics(TestMetrics.message(TestMetrics.counter("orders", 60, 1))));
		silent.close();
		assertThat(this.waiting).isEmpty();
		assertThat(this.log.lines()).isEmpty();
		assertThat(this.store.series()).hasSize(1);
	}

	@Test
	void showsWhatStillWaitsWhenItIsClosed() {
		deliver(TestMetrics.counter("orders", 60, 1));
		this.console.close();
		assertThat(this.log.lines()).hasSize(1);
		letTimePass();
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void failsForBytesThatAreNoMetrics() {
		byte[] bytes = TestMetrics.message(TestMetrics.counter("orders", 60, 1));
		int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("orders");
		bytes[name] = (byte) 0xff;
		assertThat(this.console.deliver(PayloadFixtures.metrics(bytes)))
			.isCompletedWithValue(Outcome.failed(Failure.INVALID, "not an OTLP message"));
		assertThat(this.store.series()).isEmpty();
		assertThat(this.waiting).isEmpty();
	}

	private static Metric unit(String unit, Metric metric) {
		return metric.toBuilder().setUnit(unit).build();
	}

	private List<String> table(int index) {
		return this.log.lines().get(index).lines().skip(1).toList();
	}

	private void letTimePass() {
		List<Runnable> due = List.copyOf(this.waiting);
		this.waiting.clear();
		due.forEach(Runnable::run);
	}

	private MetricConsole console(MetricStore store, boolean log) {
		return new MetricConsole(store, log, (delay, task) -> this.waiting.add(task));
	}

	private void deliver(Metric... metrics) {
		assertThat(this.console.deliver(PayloadFixtures.metrics(TestMetrics.message(metrics))))
			.isCompletedWithValue(Outcome.delivered(0));
	}

}
