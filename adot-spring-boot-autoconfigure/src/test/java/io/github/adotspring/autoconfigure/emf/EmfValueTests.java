package io.github.adotspring.autoconfigure.emf;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link EmfValue} and what it is read by.
 */
final class EmfValueTests {

	@Test
	void numbersAreWrittenShortAndInTheUnitOfCloudWatch() {
		JsonNode document = Documents.only(Documents.of(Metrics.of()
			.unit("min")
			.gauge("minutes", 1.5)
			.unit("")
			.gauge("whole", 3)
			.gauge("zero", -0.0)
			.gauge("large", 1e300 / 1e200)
			.gauge("tiny", Double.MIN_VALUE)
			.sum("int", true, Metrics.DELTA, Long.MAX_VALUE)));
		assertThat(document.path("minutes")).hasToString("90");
		assertThat(document.path("whole")).hasToString("3");
		assertThat(document.path("zero")).hasToString("0");
		assertThat(document.path("large").asDouble()).isEqualTo(1e300 / 1e200);
		assertThat(document.path("tiny")).hasToString("0");
		assertThat(document.path("int").asDouble()).isEqualTo(0x1p63);
	}

	@Test
	void scaledValueCanBeOutOfRange() {
		assertThat(Documents.dropped(Metrics.of().unit("d").gauge("m", 0x1p359))).extracting(Dropped::reason)
			.containsExactly(Reason.OUT_OF_RANGE);
	}

	@Test
	void histogramIsValuesWithCounts() {
		assertThat(histogram((point) -> point.setCount(7)
			.setSum(129)
			.setMin(2)
			.setMax(60)
			.addAllExplicitBounds(List.of(4.0, 16.0, 36.0))
			.addAllBucketCounts(List.of(1L, 4L, 1L, 1L))))
			.hasToString("{\"Values\":[2,10,27,60],\"Counts\":[1,4,1,1],\"Max\":60,\"Min\":2,\"Count\":7,\"Sum\":129}");
	}

	@Test
	void bucketsWithoutAnEndHaveValuesThatCanBe() {
		assertThat(histogram((point) -> point.setCount(3)
			.setSum(100)
			.addAllExplicitBounds(List.of(4.0, 16.0))
			.addAllBucketCounts(List.of(2L, 0L, 1L))))
			.hasToString("{\"Values\":[4,16],\"Counts\":[2,1],\"Max\":%s,\"Min\":4,\"Count\":3,\"Sum\":100}"
				.formatted(100.0 / 3));
		assertThat(histogram((point) -> point.setCount(2)
			.setSum(-20)
			.addAllExplicitBounds(List.of(-4.0, 16.0))
			.addAllBucketCounts(List.of(2L, 0L, 0L))).path("Values")).hasToString("[-4]");
	}

	@Test
	void histogramWithoutBucketsIsAStatisticSet() {
		assertThat(histogram((point) -> point.setCount(4).setSum(10).setMin(1).setMax(5)))
			.hasToString("{\"Max\":5,\"Min\":1,\"Count\":4,\"Sum\":10}");
	}

	@Test
	void minimumThatNobodyTellsIsTheMeanOfTheOthers() {
		assertThat(histogram((point) -> point.setCount(4).setSum(11).setMax(5)))
			.hasToString("{\"Max\":5,\"Min\":2,\"Count\":4,\"Sum\":11}");
		assertThat(histogram((point) -> point.setCount(2).setSum(8).setMax(5)))
			.hasToString("{\"Max\":5,\"Min\":3,\"Count\":2,\"Sum\":8}");
		assertThat(histogram((point) -> point.setCount(1).setSum(5).setMax(5)))
			.hasToString("{\"Max\":5,\"Min\":5,\"Count\":1,\"Sum\":5}");
		assertThat(histogram((point) -> point.setCount(4).setSum(10).setMin(1)))
			.hasToString("{\"Max\":3,\"Min\":1,\"Count\":4,\"Sum\":10}");
		assertThat(histogram((point) -> point.setCount(4).setSum(10)))
			.hasToString("{\"Max\":2.5,\"Min\":2.5,\"Count\":4,\"Sum\":10}");
	}

	@Test
	void limitsThatContradictTheMeanGiveWay() {
		assertThat(histogram((point) -> point.setCount(2).setSum(20).setMin(1).setMax(5)))
			.hasToString("{\"Max\":10,\"Min\":1,\"Count\":2,\"Sum\":20}");
		assertThat(histogram((point) -> point.setCount(3).setSum(0.1 + 0.1 + 0.1).setMin(0.1).setMax(0.1)))
			.hasToString("{\"Max\":0.1,\"Min\":0.1,\"Count\":3,\"Sum\":0.30000000000000004}");
	}

	@Test
	void bucketsThatMakeNoSenseLeaveTheStatisticSet() {
		for (List<Double> bounds : List.of(List.of(5.0, 1.0), List.of(Double.NaN, 1.0), List.of(1.0))) {
			assertThat(histogram((point) -> point.setCount(4)
				.setSum(10)
				.setMin(1)
				.setMax(5)
				.addAllExplicitBounds(bounds)
				.addAllBucketCounts(List.of(1L, 2L, 1L)))).hasToString("{\"Max\":5,\"Min\":1,\"Count\":4,\"Sum\":10}");
		}
	}

	@Test
	void sumThatNobodyTellsIsThatOfTheBuckets() {
		assertThat(histogram((point) -> point.setCount(3)
			.addAllExplicitBounds(List.of(4.0, 16.0, 25.0))
			.addAllBucketCounts(List.of(0L, 3L, 0L, 0L))).path("Sum").asDouble()).isEqualTo(24);
		assertThat(Documents.dropped(Metrics.of().histogram("m", (point) -> point.setCount(3))))
			.extracting(Dropped::reason)
			.containsExactly(Reason.UNSUPPORTED);
	}

	@Test
	void emptyHistogramsAreDropped() {
		assertThat(
				Documents.dropped(Metrics.of().histogram("h", (point) -> point.setSum(0)).exponential("e", (point) -> {
				}).summary("s", (point) -> {
				}).histogram("f", (point) -> point.setCount(1).setSum(1).setFlags(1))))
			.singleElement()
			.extracting(Dropped::reason, Dropped::items)
			.containsExactly(Reason.NO_VALUE, 4);
	}

	@Test
	void exponentialBucketsHaveTheirGeometricMean() {
		JsonNode value = exponential((point) -> point.setCount(4).setScale(1).setPositive(buckets(0, 1, 2, 1)));
		assertThat(doubles(value.path("Values")))
			.containsExactly(exactly(Math.pow(2, 0.25), Math.pow(2, 0.75), Math.pow(2, 1.25)), within(1e-12));
		assertThat(value.path("Counts")).hasToString("[1,2,1]");
	}

	@Test
	void emptyBucketsDoNotMoveTheOthers() {
		JsonNode value = exponential((point) -> point.setCount(2).setScale(0).setPositive(buckets(1, 1, 0, 0, 0, 1)));
		assertThat(doubles(value.path("Values"))).containsExactly(exactly(Math.pow(2, 1.5), Math.pow(2, 5.5)),
				within(1e-12));
	}

	@Test
	void negativeAndZeroBucketsAreInOrder() {
		JsonNode value = exponential((point) -> point.setCount(10)
			.setScale(0)
			.setZeroCount(4)
			.setNegative(buckets(0, 1, 2))
			.setPositive(buckets(0, 3)));
		assertThat(doubles(value.path("Values")))
			.containsExactly(exactly(-Math.pow(2, 1.5), -Math.sqrt(2), 0, Math.sqrt(2)), within(1e-12));
		assertThat(value.path("Counts")).hasToString("[2,1,4,3]");
	}

	@Test
	void valuesAreBetweenMinimumAndMaximum() {
		JsonNode value = exponential((point) -> point.setCount(3)
			.setSum(4.6)
			.setMin(1.5)
			.setMax(1.6)
			.setScale(-2)
			.setPositive(buckets(0, 3)));
		assertThat(doubles(value.path("Values"))).containsExactly(exactly(1.5, 1.6), within(1e-12));
	}

	@Test
	void extremeScalesAndOffsetsAreNoProblem() {
		for (int scale : new int[] { Integer.MIN_VALUE, -2000, -11, 20, 2000, Integer.MAX_VALUE }) {
			for (int offset : new int[] { Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE - 1 }) {
				Metrics metrics = Metrics.of()
					.exponential("m",
							(point) -> point.setCount(2)
								.setSum(2)
								.setMin(0.5)
								.setMax(1.5)
								.setScale(scale)
								.setPositive(buckets(offset, 1, 1)));
				assertThat(Documents.of(metrics)).hasSize(1);
			}
		}
		assertThat(Documents.dropped(Metrics.of()
			.exponential("m", (point) -> point.setCount(1).setSum(1).setScale(0).setPositive(buckets(361, 1)))))
			.extracting(Dropped::reason)
			.containsExactly(Reason.OUT_OF_RANGE);
	}

	@Test
	void bucketsAreJoinedFromTheSmallestOnUntilThereAreHundred() {
		JsonNode value = exponential((point) -> point.setCount(120)
			.setScale(3)
			.setPositive(
					Buckets.newBuilder().addAllBucketCounts(IntStream.range(0, 120).mapToObj((i) -> 1L).toList())));
		double[] values = doubles(value.path("Values"));
		double[] counts = doubles(value.path("Counts"));
		assertThat(values).hasSize(100);
		assertThat(DoubleStream.of(counts).sum()).isEqualTo(120);
		for (int i = 0; i < 20; i++) {
			assertThat(counts[i]).isEqualTo(2);
			assertThat(values[i]).isCloseTo(Math.pow(2, (2 * i + 1) / 8.0), within(1e-9 * values[i]));
		}
		for (int i = 20; i < 100; i++) {
			assertThat(counts[i]).isEqualTo(1);
			assertThat(values[i]).isCloseTo(Math.pow(2, (i + 20.5) / 8.0), within(1e-9 * values[i]));
		}
	}

	@Test
	void thousandsOfBucketsFitToo() {
		List<Double> bounds = IntStream.range(0, 5000).mapToObj((i) -> (double) i - 2500).toList();
		JsonNode value = histogram((point) -> point.setCount(5001)
			.setSum(0)
			.addAllExplicitBounds(bounds)
			.addAllBucketCounts(IntStream.range(0, 5001).mapToObj((i) -> 1L).toList()));
		assertThat(value.path("Values").size()).isBetween(50, 100);
		assertThat(DoubleStream.of(doubles(value.path("Counts"))).sum()).isEqualTo(5001);
	}

	@Test
	void moreThanHundredBucketsBeyondAllNumbersAreNoProblem() {
		Buckets buckets = buckets(Integer.MAX_VALUE / 2, LongStream.generate(() -> 1).limit(150).toArray());
		assertThat(Documents.dropped(Metrics.of()
			.exponential("m", (point) -> point.setCount(300).setSum(1).setPositive(buckets).setNegative(buckets))))
			.extracting(Dropped::reason)
			.containsExactly(Reason.OUT_OF_RANGE);
	}

	@Test
	void summaryIsAStatisticSetWithoutItsQuantiles() {
		JsonNode document = Documents.only(Documents.of(Metrics.of()
			.summary("m",
					(point) -> point.setCount(10)
						.setSum(50)
						.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0).setValue(1))
						.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(4))
						.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(1).setValue(20)))));
		assertThat(document.path("m")).hasToString("{\"Max\":20,\"Min\":1,\"Count\":10,\"Sum\":50}");
	}

	@Test
	void countsHaveNoSign() {
		assertThat(histogram((point) -> point.setCount(-1).setSum(10).setMin(0).setMax(5)).path("Count"))
			.hasToString("18446744073709551616");
	}

	private static double[] exactly(double... values) {
		return values;
	}

	private static double[] doubles(JsonNode array) {
		return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
	}

	private static Buckets buckets(int offset, long... counts) {
		return Buckets.newBuilder()
			.setOffset(offset)
			.addAllBucketCounts(Arrays.stream(counts).boxed().toList())
			.build();
	}

	private static JsonNode histogram(Consumer<HistogramDataPoint.Builder> customizer) {
		return Documents.only(Documents.of(Metrics.of().histogram("m", customizer))).path("m");
	}

	private static JsonNode exponential(Consumer<ExponentialHistogramDataPoint.Builder> customizer) {
		return Documents.only(Documents.of(Metrics.of().exponential("m", customizer))).path("m");
	}

}
