package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.cloudwatch.Translation.Datum;
import io.github.adotspring.autoconfigure.cloudwatch.Translation.None;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatumTranslator} and {@link MetricDimensions}.
 */
final class DatumTranslatorTests {

	private static final Offset<Double> EXACT = Offset.offset(1e-9);

	private final DatumTranslator translator = new DatumTranslator(true, false);

	@Test
	void makesAValueOfAGauge() {
		MetricDatum datum = datum(Metrics.gauge(1.5).setName("jvm.memory.used").setUnit("By"));
		assertThat(datum).isEqualTo(MetricDatum.builder()
			.metricName("jvm.memory.used")
			.unit(StandardUnit.BYTES)
			.timestamp(Metrics.NOW)
			.value(1.5)
			.dimensions(dimension("Service", "shop"), dimension("Environment", "generic:default"))
			.build());
	}

	@Test
	void makesAValueOfWhatWasAddedAndOfALevel() {
		assertThat(datum(Metrics.sum(3, Metrics.DELTA, true)).value()).isEqualTo(3);
		assertThat(datum(Metrics.sum(-3, Metrics.CUMULATIVE, false)).value()).isEqualTo(-3);
		assertThat(violation(Metrics.sum(3, Metrics.CUMULATIVE, true))).isEqualTo(Reason.WRONG_TEMPORALITY);
	}

	@Test
	void takesWholeNumbersAndNumbersThatAreNextToNothing() {
		assertThat(datum(Metrics.gauge(NumberDataPoint.newBuilder().setAsInt(7))).value()).isEqualTo(7);
		assertThat(datum(Metrics.gauge(1e-200)).value()).isZero();
		assertThat(datum(Metrics.gauge(-0x1p360)).value()).isEqualTo(-0x1p360);
	}

	@Test
	void hasNoTimeWhereTheDataPointHasNone() {
		assertThat(datum(Metrics.gauge(NumberDataPoint.newBuilder().setAsInt(7))).timestamp()).isNull();
	}

	@Test
	void asksForTheFineResolution() {
		DataPoint point = Metrics.points(Metrics.message(Metrics.gauge(1))).get(0);
		assertThat(new DatumTranslator(false, true).translate(point)).isInstanceOfSatisfying(Datum.class, (datum) -> {
			assertThat(datum.value().storageResolution()).isEqualTo(1);
			assertThat(datum.value().dimensions()).isEmpty();
		});
	}

	@Test
	void keepsSumMinimumMaximumAndCountOfAHistogram() {
		double[] values = IntStream.range(0, 1_000).mapToDouble((i) -> Math.exp(i / 200.0)).toArray();
		ExponentialHistogramDataPoint.Builder point = Metrics.exponentialOf(values)
			.setMin(values[0])
			.setMax(values[999]);
		MetricDatum datum = datum(Metrics.exponential(point));
		assertThat(datum.unit()).isEqualTo(StandardUnit.MILLISECONDS);
		assertThat(sum(datum)).isCloseTo(Arrays.stream(values).sum(), Percentage.withPercentage(1e-9));
		assertThat(datum.counts().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(1_000);
		assertThat(datum.values().get(0)).isEqualTo(values[0]);
		assertThat(datum.values().get(datum.values().size() - 1)).isEqualTo(values[999]);
	}

	/**
	 * A bucket is at most as wide as 160 of them need to be for the range of the values;
	 * merging to 150 takes two such buckets together.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 1, 0.1", "2, 0.1, 0.03", "3, 3, 0.5" })
	void keepsPercentilesWithinTheWidthOfABucket(long seed, double spread, double width) {
		Random random = new Random(seed);
		double[] values = DoubleStream.generate(() -> Math.exp(random.nextGaussian() * spread))
			.limit(20_000)
			.sorted()
			.toArray();
		ExponentialHistogramDataPoint.Builder point = Metrics.exponentialOf(values).setMax(values[values.length - 1]);
		double bucket = Math.pow(2, Math.scalb(1.0, -point.getScale())) - 1;
		MetricDatum datum = datum(Metrics.exponential(point));
		assertThat(bucket).isLessThan(width);
		assertThat(datum.values()).hasSizeLessThanOrEqualTo(150);
		for (int permille = 1; permille <= 1_000; permille++) {
			int rank = values.length * permille / 1_000;
			assertThat(atRank(datum, rank)).isCloseTo(values[rank - 1], Percentage.withPercentage(bucket * 100));
		}
	}

	@Test
	void mergesTheLowestOfManyValues() {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder().setScale(4);
		IntStream.range(0, 320).forEach((i) -> point.getPositiveBuilder().addBucketCounts(1));
		MetricDatum datum = datum(Metrics.exponential(point));
		assertThat(datum.values()).hasSize(150).isSorted();
		assertThat(datum.counts().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(320);
		double base = Math.pow(2, 1 / 16.0);
		for (int rank = 1; rank <= 320; rank++) {
			double middle = Math.pow(base, rank - 0.5);
			assertThat(atRank(datum, rank)).isCloseTo(middle, Percentage.withPercentage(100 * (Math.pow(base, 3) - 1)));
		}
	}

	@Test
	void takesTheGeometricMeansOfTheBucketsWhereThereIsNoSum() {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setScale(1)
			.setZeroCount(4);
		point.getPositiveBuilder().addAllBucketCounts(List.of(1L, 0L, 2L));
		point.getNegativeBuilder().setOffset(1).addBucketCounts(5);
		MetricDatum datum = datum(Metrics.exponential(point));
		assertThat(datum.values()).hasSize(4);
		assertThat(datum.values().get(0)).isCloseTo(-Math.pow(2, 0.75), EXACT);
		assertThat(datum.values().get(1)).isZero();
		assertThat(datum.values().get(2)).isCloseTo(Math.pow(2, 0.25), EXACT);
		assertThat(datum.values().get(3)).isCloseTo(Math.pow(2, 1.25), EXACT);
		assertThat(datum.counts()).containsExactly(5.0, 4.0, 1.0, 2.0);
	}

	@Test
	void makesValuesOfAHistogramWithBounds() {
		MetricDatum datum = datum(Metrics.histogram(HistogramDataPoint.newBuilder()
			.addAllExplicitBounds(List.of(1.0, 2.0, 4.0))
			.addAllBucketCounts(List.of(2L, 0L, 4L, 3L))
			.setCount(9)
			.setSum(38)
			.setMax(8)));
		assertThat(datum.values()).hasSize(4).last().isEqualTo(8.0);
		assertThat(datum.counts()).containsExactly(2.0, 4.0, 2.0, 1.0);
		assertThat(datum.values().get(0)).isBetween(0.0, 1.0);
		assertThat(datum.values().get(1)).isBetween(2.0, 4.0);
		assertThat(datum.values().get(2)).isBetween(4.0, 8.0);
		assertThat(sum(datum)).isCloseTo(38, EXACT);
	}

	@Test
	void endsTheOuterBucketsAtTheirBoundsWhereNothingElseIsKnown() {
		MetricDatum datum = datum(Metrics.histogram(HistogramDataPoint.newBuilder()
			.addAllExplicitBounds(List.of(-1.0, 2.0))
			.addAllBucketCounts(List.of(1L, 0L, 1L))));
		assertThat(datum.values()).containsExactly(-1.0, 2.0);
	}

	@Test
	void makesAStatisticSetOfAHistogramWithoutBuckets() {
		StatisticSet set = datum(Metrics.histogram(HistogramDataPoint.newBuilder().setCount(4).setSum(10).setMax(4)))
			.statisticValues();
		assertThat(set).isEqualTo(StatisticSet.builder().sampleCount(4.0).sum(10.0).minimum(2.0).maximum(4.0).build());
	}

	@Test
	void knowsTheMinimumOfTwoValuesFromTheirMaximum() {
		StatisticSet set = datum(Metrics.histogram(HistogramDataPoint.newBuilder().setCount(2).setSum(5).setMax(4)))
			.statisticValues();
		assertThat(set.minimum()).isEqualTo(1);
	}

	@Test
	void takesTheMeanWhereNeitherMinimumNorMaximumIsKnown() {
		StatisticSet set = datum(Metrics.histogram(HistogramDataPoint.newBuilder().setCount(4).setSum(10)))
			.statisticValues();
		assertThat(set.minimum()).isEqualTo(2.5);
		assertThat(set.maximum()).isEqualTo(2.5);
	}

	@Test
	void makesAStatisticSetWithinTheQuantilesOfASummary() {
		StatisticSet set = datum(Metrics.summary(SummaryDataPoint.newBuilder()
			.setCount(10)
			.setSum(20)
			.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(1.5))
			.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(6)))).statisticValues();
		assertThat(set).isEqualTo(StatisticSet.builder().sampleCount(10.0).sum(20.0).minimum(1.5).maximum(6.0).build());
	}

	@Test
	void hasNoDatumWhereNothingWasRecorded() {
		assertThat(violation(Metrics.exponential(ExponentialHistogramDataPoint.newBuilder().setSum(0).setMax(9))))
			.isEqualTo(Reason.NO_VALUE);
		assertThat(violation(Metrics
			.histogram(HistogramDataPoint.newBuilder().addExplicitBounds(1).addAllBucketCounts(List.of(0L, 0L)))))
			.isEqualTo(Reason.NO_VALUE);
		assertThat(violation(Metrics.gauge(NumberDataPoint.newBuilder().setAsInt(1).setFlags(1))))
			.isEqualTo(Reason.NO_VALUE);
		assertThat(violation(Metrics.summary(SummaryDataPoint.newBuilder()))).isEqualTo(Reason.NO_VALUE);
	}

	@Test
	void hasNoDatumForACountAlone() {
		assertThat(violation(Metrics.histogram(HistogramDataPoint.newBuilder().setCount(3))))
			.isEqualTo(Reason.UNSUPPORTED);
	}

	@Test
	void keepsTheValuesOfAHistogramWhoseSumIsNoNumber() {
		MetricDatum datum = datum(Metrics.histogram(HistogramDataPoint.newBuilder()
			.addAllExplicitBounds(List.of(1.0, 3.0))
			.addAllBucketCounts(List.of(0L, 2L, 0L))
			.setCount(2)
			.setSum(Double.POSITIVE_INFINITY)));
		assertThat(datum.values()).containsExactly(Math.sqrt(3));
	}

	@Test
	void refusesValuesThatAreTooLarge() {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder().setScale(0);
		point.getPositiveBuilder().setOffset(400).addBucketCounts(1);
		assertThat(violation(Metrics.exponential(point))).isEqualTo(Reason.OUT_OF_RANGE);
	}

	@Test
	void makesDimensionsOfAttributesAsCloudWatchTakesThem() {
		MetricDatum datum = datum(Metrics.gauge(NumberDataPoint.newBuilder()
			.setAsInt(1)
			.addAttributes(Metrics.attribute("uri", "/café"))
			.addAttributes(Metrics.attribute(":odd", ":8080"))
			.addAttributes(Metrics.attribute("blank", " "))
			.addAttributes(Metrics.attribute("", "blank"))
			.addAttributes(Metrics.attribute("uri", "twice"))
			.addAttributes(Metrics.attribute("line", "a\nb"))
			.addAttributes(Metrics.attribute("n".repeat(300), "v".repeat(2_000)))
			.addAttributes(Metrics.attribute("SERVICE", "own"))));
		assertThat(datum.dimensions()).containsExactly(dimension("_", "blank"), dimension("%3Aodd", ":8080"),
				dimension("SERVICE", "own"), dimension("blank", "-"), dimension("line", "a%0Ab"),
				dimension("n".repeat(221) + "~354afe80",
						"v".repeat(1_015) + "~%08x".formatted("v".repeat(2_000).hashCode())),
				dimension("uri", "/caf%C3%A9"), dimension("Environment", "generic:default"));
	}

	@Test
	void attributesThatAreNoStringsTellDataPointsApart() {
		AnyValue bytes = AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("a")).build();
		AnyValue map = AnyValue.newBuilder()
			.setKvlistValue(KeyValueList.newBuilder()
				.addValues(KeyValue.newBuilder().setKey("k").setValue(AnyValue.newBuilder().setDoubleValue(0.5))))
			.build();
		AnyValue array = AnyValue.newBuilder()
			.setArrayValue(ArrayValue.newBuilder().addValues(map).addValues(AnyValue.getDefaultInstance()))
			.build();
		MetricDatum datum = datum(Metrics.gauge(NumberDataPoint.newBuilder()
			.setAsInt(1)
			.addAttributes(KeyValue.newBuilder().setKey("a").setValue(array))
			.addAttributes(KeyValue.newBuilder().setKey("b").setValue(bytes))
			.addAttributes(KeyValue.newBuilder().setKey("m").setValue(map))));
		assertThat(datum.dimensions()).contains(dimension("a", "[{\"k\":0.5},null]"), dimension("b", "YQ=="),
				dimension("m", "{\"k\":0.5}"));
	}

	@Test
	void longValuesThatDifferStayDifferent() {
		assertThat(datum(Metrics.gauge(NumberDataPoint.newBuilder()
			.setAsInt(1)
			.addAttributes(Metrics.attribute("a", "v".repeat(2_000) + 1))
			.addAttributes(Metrics.attribute("b", "v".repeat(2_000) + 2)))).dimensions().stream().map(Dimension::value))
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "28, 30", "29, 30", "30, 30" })
	void addsServiceAndEnvironmentWhereThereIsRoom(int attributes, int dimensions) {
		assertThat(datum(Metrics.gauge(withAttributes(attributes))).dimensions()).hasSize(dimensions);
	}

	@Test
	void refusesMoreAttributesThanCloudWatchTakes() {
		assertThat(violation(Metrics.gauge(withAttributes(31)))).isEqualTo(Reason.TOO_MANY_ATTRIBUTES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void refusesABlankName(String name) {
		assertThat(violation(Metrics.gauge(1).setName(name))).isEqualTo(Reason.INVALID_NAME);
	}

	private static NumberDataPoint.Builder withAttributes(int count) {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setAsInt(1);
		IntStream.range(0, count).forEach((i) -> point.addAttributes(Metrics.attribute("a" + i, "v")));
		return point;
	}

	private static Dimension dimension(String name, String value) {
		return Dimension.builder().name(name).value(value).build();
	}

	private static double sum(MetricDatum datum) {
		return IntStream.range(0, datum.values().size())
			.mapToDouble((i) -> datum.values().get(i) * datum.counts().get(i))
			.sum();
	}

	private static double atRank(MetricDatum datum, int rank) {
		double seen = 0;
		for (int i = 0; i < datum.values().size(); i++) {
			seen += datum.counts().get(i);
			if (seen >= rank) {
				return datum.values().get(i);
			}
		}
		throw new AssertionError("Only " + seen + " values");
	}

	private MetricDatum datum(Metric.Builder metric) {
		Translation translation = translate(metric);
		assertThat(translation).isInstanceOf(Datum.class);
		MetricDatum datum = ((Datum) translation).value();
		assertThat(CloudWatchRules.problems(datum, Instant.from(Metrics.NOW))).isEmpty();
		return datum;
	}

	private Reason violation(Metric.Builder metric) {
		Translation translation = translate(metric);
		assertThat(translation).isInstanceOf(None.class);
		return ((None) translation).refusal().reason();
	}

	private Translation translate(Metric.Builder metric) {
		return this.translator.translate(Metrics.points(Metrics.message(metric)).get(0));
	}

}
