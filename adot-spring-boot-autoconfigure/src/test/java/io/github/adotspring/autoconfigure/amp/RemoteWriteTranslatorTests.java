package io.github.adotspring.autoconfigure.amp;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.adotspring.autoconfigure.amp.DecodedRequest.DecodedSeries;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RemoteWriteTranslator}.
 */
final class RemoteWriteTranslatorTests {

	private static final Instant NOW = ManualClock.START;

	private static final int NO_RECORDED_VALUE = 1;

	private final ManualClock clock = new ManualClock();

	private final SentSeries sent = new SentSeries(100);

	private final RemoteWriteTranslator translator = translator(HistogramForm.CLASSIC, RequestLimit.AMP);

	@Test
	void makesLabelsOfAttributes() {
		AnyValue.Builder array = AnyValue.newBuilder()
			.setArrayValue(ArrayValue.newBuilder()
				.addValues(AnyValue.newBuilder().setStringValue("a\"b\n"))
				.addValues(AnyValue.newBuilder().setIntValue(-7))
				.addValues(AnyValue.newBuilder().setDoubleValue(Double.NaN))
				.addValues(AnyValue.newBuilder()));
		AnyValue.Builder object = AnyValue.newBuilder()
			.setKvlistValue(KeyValueList.newBuilder()
				.addValues(OtlpMetrics.attribute("k", AnyValue.newBuilder().setBoolValue(true))));
		assertThat(labels(OtlpMetrics.attribute("http.route", "/orders"), OtlpMetrics.attribute("2xx", "yes"),
				OtlpMetrics.attribute("__name__", "evil"), OtlpMetrics.attribute("a.b", "2"),
				OtlpMetrics.attribute("a-b", "1"), OtlpMetrics.attribute("a__b", "3"),
				OtlpMetrics.attribute("empty", ""), OtlpMetrics.attribute("é", "x"),
				OtlpMetrics.attribute("array", array), OtlpMetrics.attribute("object", object),
				OtlpMetrics.attribute("flag", AnyValue.newBuilder().setBoolValue(false)),
				OtlpMetrics.attribute("count", AnyValue.newBuilder().setIntValue(Long.MAX_VALUE)),
				OtlpMetrics.attribute("half", AnyValue.newBuilder().setDoubleValue(0.5)),
				OtlpMetrics.attribute("whole", AnyValue.newBuilder().setDoubleValue(3))))
			.containsExactly(Map.entry("_", "x"), Map.entry("__name__", "a_gauge"), Map.entry("_name_", "evil"),
					Map.entry("a_b", "1;2;3"), Map.entry("array", "[\"a\\\"b\\u000a\",-7,\"NaN\",null]"),
					Map.entry("count", "9223372036854775807"), Map.entry("flag", "false"), Map.entry("half", "0.5"),
					Map.entry("http_route", "/orders"), Map.entry("key_2xx", "yes"),
					Map.entry("object", "{\"k\":true}"), Map.entry("whole", "3"));
	}

	@Test
	void sortsLabelsByBytes() {
		assertThat(labels(OtlpMetrics.attribute("b", "1"), OtlpMetrics.attribute("Z", "1"),
				OtlpMetrics.attribute("a", "1"))
			.keySet()).containsExactly("Z", "__name__", "a", "b");
	}

	@Test
	void describesTheResourceInTargetInfo() {
		DecodedRequest request = only(OtlpMetrics.message(
				OtlpMetrics.scope(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)),
						OtlpMetrics.gauge("b", "", OtlpMetrics.number(NOW.plusSeconds(1), 2))),
				OtlpMetrics.attribute("service.name", "till"), OtlpMetrics.attribute("service.namespace", "shop"),
				OtlpMetrics.attribute("service.instance.id", "i-1"), OtlpMetrics.attribute("host.name", "h"),
				OtlpMetrics.attribute("process.pid", AnyValue.newBuilder().setIntValue(7)),
				OtlpMetrics.attribute("list", AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder()))));
		assertThat(request.values()).containsOnlyKeys("a{instance=\"i-1\",job=\"shop/till\"}",
				"b{instance=\"i-1\",job=\"shop/till\"}",
				"target_info{host_name=\"h\",instance=\"i-1\",job=\"shop/till\",process_pid=\"7\"}");
		DecodedSeries info = request.series().get(0);
		assertThat(info.labels()).containsEntry("__name__", "target_info");
		assertThat(info.value()).isEqualTo(1);
		assertThat(info.time()).isEqualTo(NOW.toEpochMilli());
	}

	@Test
	void describesTheResourceOnceAMinuteSinceRequestsOfTwoSourcesOvertakeEachOther() {
		KeyValue[] resource = { OtlpMetrics.attribute("service.name", "till"),
				OtlpMetrics.attribute("host.name", "h") };
		List<Set<String>> sent = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Instant time = this.clock.instant();
			for (String source : List.of("micrometer", "sdk")) {
				sent.add(texts(this.translator
					.split(OtlpMetrics.message(
							OtlpMetrics.scope(OtlpMetrics.gauge(source, "", OtlpMetrics.number(time, 1))), resource))
					.parts()));
				this.clock.pass(Duration.ofSeconds(10));
			}
			this.clock.pass(Duration.ofSeconds(10));
		}
		String info = "target_info{host_name=\"h\",job=\"till\"}";
		String micrometer = "micrometer{job=\"till\"}";
		String sdk = "sdk{job=\"till\"}";
		assertThat(sent).containsExactly(Set.of(info, micrometer), Set.of(sdk), Set.of(micrometer), Set.of(sdk),
				Set.of(info, micrometer), Set.of(sdk), Set.of(micrometer), Set.of(sdk));
	}

	@Test
	void makesNoTargetInfoThatTellsNothingOrCannotBeJoined() {
		Metric.Builder metric = OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1));
		assertThat(only(OtlpMetrics.message(OtlpMetrics.scope(metric), OtlpMetrics.attribute("service.name", "till")))
			.values()).containsOnlyKeys("a{job=\"till\"}");
		assertThat(
				only(OtlpMetrics.message(OtlpMetrics.scope(metric), OtlpMetrics.attribute("host.name", "h"))).values())
			.containsOnlyKeys("a");
	}

	@Test
	void makesNoTargetInfoWithMoreLabelsThanASeriesCanHave() {
		KeyValue[] resource = IntStream.range(0, 150)
			.mapToObj((i) -> OtlpMetrics.attribute((i > 0) ? "key" + i : "service.name", "v"))
			.toArray(KeyValue[]::new);
		ScopeMetrics.Builder scope = OtlpMetrics.scope(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)));
		assertThat(only(OtlpMetrics.message(scope, resource)).values()).containsOnlyKeys("a{job=\"v\"}");
	}

	@Test
	void tellsTheScope() {
		ScopeMetrics.Builder scope = OtlpMetrics.scope(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)));
		scope.getScopeBuilder().setVersion("2");
		assertThat(only(OtlpMetrics.message(scope)).values()).containsOnlyKeys("a{otel_scope_version=\"2\"}");
		scope.getScopeBuilder()
			.setName("lib")
			.addAttributes(OtlpMetrics.attribute("short.name", "x"))
			.addAttributes(OtlpMetrics.attribute("version", "3"));
		assertThat(only(OtlpMetrics.message(scope)).values())
			.containsOnlyKeys("a{otel_scope_name=\"lib\",otel_scope_short_name=\"x\",otel_scope_version=\"2\"}");
	}

	@Test
	void renamesAttributesThatWouldHideLabelsOfItsOwn() {
		DecodedRequest request = only(OtlpMetrics.message(
				OtlpMetrics.scope(OtlpMetrics.histogram("h", "", NOW,
						(point) -> point.addAttributes(OtlpMetrics.attribute("le", "x"))
							.addAttributes(OtlpMetrics.attribute("job", "y"))
							.addAttributes(OtlpMetrics.attribute("instance", "z")))),
				OtlpMetrics.attribute("service.name", "till")));
		String labels = "exported_job=\"y\",exported_le=\"x\",instance=\"z\",job=\"till\"";
		assertThat(request.values()).containsOnlyKeys("h_bucket{" + labels + ",le=\"+Inf\"}",
				"h_count{" + labels + "}");
	}

	@Test
	void makesASeriesOfEachBucketOfAHistogram() {
		assertThat(only(OtlpMetrics.message(OtlpMetrics.histogram("h", "s", NOW,
				(point) -> point.addAllExplicitBounds(List.of(0.005, 1.0, 1e7))
					.addAllBucketCounts(List.of(1L, 0L, 2L, 4L))
					.setCount(7)
					.setSum(1.5))))
			.values())
			.containsExactlyInAnyOrderEntriesOf(Map.of("h_seconds_bucket{le=\"0.005\"}", 1.0,
					"h_seconds_bucket{le=\"1\"}", 1.0, "h_seconds_bucket{le=\"10000000\"}", 3.0,
					"h_seconds_bucket{le=\"+Inf\"}", 7.0, "h_seconds_sum", 1.5, "h_seconds_count", 7.0));
	}

	@Test
	void makesOneBucketOfAHistogramWithoutBucketsAndNoSumThatIsNotThere() {
		assertThat(
				only(OtlpMetrics.message(OtlpMetrics.histogram("h", "s", NOW, (point) -> point.setCount(7)))).values())
			.containsExactlyInAnyOrderEntriesOf(Map.of("h_seconds_bucket{le=\"+Inf\"}", 7.0, "h_seconds_count", 7.0));
	}

	@Test
	void dropsHistogramsWhoseBucketsCannotBe() {
		Split split = this.translator.split(OtlpMetrics.message(
				OtlpMetrics.histogram("a", "", NOW, (point) -> point.addBucketCounts(1).addExplicitBounds(1)),
				OtlpMetrics.histogram("b", "", NOW,
						(point) -> point.addAllBucketCounts(List.of(1L, 1L, 1L))
							.addAllExplicitBounds(List.of(2.0, 1.0))),
				OtlpMetrics.histogram("c", "", NOW,
						(point) -> point.addAllBucketCounts(List.of(1L, 1L)).addExplicitBounds(Double.NaN))));
		assertThat(split.parts()).isEmpty();
		assertThat(split.dropped()).containsExactly(
				new Dropped(Reason.UNSUPPORTED, 3, "data point of metric 'a': has 1 bounds for 1 buckets"));
	}

	@Test
	void makesASeriesOfEachQuantileOfASummary() {
		Metric.Builder metric = Metric.newBuilder().setName("s").setUnit("By");
		metric.getSummaryBuilder()
			.addDataPointsBuilder()
			.setTimeUnixNano(OtlpMetrics.nanos(NOW))
			.setCount(3)
			.setSum(30)
			.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(9))
			.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(1).setValue(12))
			.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(1).setValue(13));
		assertThat(only(OtlpMetrics.message(metric)).values())
			.containsExactlyInAnyOrderEntriesOf(Map.of("s_bytes{quantile=\"0.5\"}", 9.0, "s_bytes{quantile=\"1\"}",
					12.0, "s_bytes_count", 3.0, "s_bytes_sum", 30.0));
	}

	@ParameterizedTest
	@EnumSource(value = AggregationTemporality.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
	void takesOnlySumsSinceAStart(AggregationTemporality temporality) {
		boolean isTaken = temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
		Metric.Builder sum = OtlpMetrics.sum("a", "", OtlpMetrics.number(NOW, 1));
		sum.getSumBuilder().setAggregationTemporality(temporality);
		Metric.Builder histogram = OtlpMetrics.histogram("b", "", NOW, (point) -> point.setCount(1));
		histogram.getHistogramBuilder().setAggregationTemporality(temporality);
		Metric.Builder exponential = OtlpMetrics.exponential("c", "", NOW, (point) -> point.setCount(1));
		exponential.getExponentialHistogramBuilder().setAggregationTemporality(temporality);
		Split split = this.translator.split(OtlpMetrics.message(sum, histogram, exponential));
		assertThat(split.parts().stream().mapToInt(Part::items).sum()).isEqualTo(isTaken ? 3 : 0);
		assertThat(split.dropped().stream().map(Dropped::reason))
			.containsExactlyElementsOf(isTaken ? List.of() : List.of(Reason.WRONG_TEMPORALITY));
	}

	@Test
	void normalisesNaN() {
		DecodedSeries series = only(OtlpMetrics
			.message(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, Double.longBitsToDouble(0x7ff8dead00000002L)))))
			.one("a");
		assertThat(series.samples().lastEntry().getValue()).isEqualTo(0x7ff8000000000001L);
	}

	@Test
	void dropsAPointWithoutAValueAndEndsTheSeriesOfOneThatSaysSo() {
		Split split = this.translator.split(OtlpMetrics
			.message(OtlpMetrics.gauge("a", "", NumberDataPoint.newBuilder().setTimeUnixNano(OtlpMetrics.nanos(NOW)),
					NumberDataPoint.newBuilder().setTimeUnixNano(OtlpMetrics.nanos(NOW)).setFlags(NO_RECORDED_VALUE)),
					OtlpMetrics.exponential("e", "s", NOW, (point) -> point.setFlags(NO_RECORDED_VALUE))));
		assertThat(split.dropped())
			.containsExactly(new Dropped(Reason.NO_VALUE, 1, "data point of metric 'a': has no value"));
		assertThat(DecodedRequest.of(split.parts().get(0).message()).series()).hasSize(1 + 15 + 3)
			.allSatisfy((series) -> assertThat(series.isStale()).isTrue());
	}

	@Test
	void dropsNamesAndLabelsThatPrometheusDoesNotTake() {
		KeyValue[] attributes = IntStream.range(0, 150)
			.mapToObj((i) -> OtlpMetrics.attribute("key" + i, "v"))
			.toArray(KeyValue[]::new);
		Split split = this.translator
			.split(OtlpMetrics.message(OtlpMetrics.gauge("é\n", "", OtlpMetrics.number(NOW, 1)),
					OtlpMetrics.gauge("b", "", OtlpMetrics.number(NOW, 1, attributes))));
		assertThat(split.parts()).isEmpty();
		assertThat(split.dropped()).containsExactlyInAnyOrder(
				new Dropped(Reason.INVALID_NAME, 1,
						"data point of metric 'é': has no letter or digit of ASCII in its name"),
				new Dropped(Reason.TOO_MANY_ATTRIBUTES, 1,
						"data point of metric 'b': has 151 labels, and 150 are allowed"));
	}

	@Test
	void sendsNoSampleThatIsNotNewerThanTheLastOfItsSeries() {
		byte[] message = OtlpMetrics.message(
				OtlpMetrics.gauge("a.b", "", OtlpMetrics.number(NOW, 1), OtlpMetrics.number(NOW, 2),
						OtlpMetrics.number(NOW.minusSeconds(1), 3)),
				OtlpMetrics.gauge("a_b", "", OtlpMetrics.number(NOW, 4)),
				OtlpMetrics.gauge("a:b", "", OtlpMetrics.number(NOW, 4)));
		Split split = this.translator.split(message);
		assertThat(split.parts()).extracting(Part::items).containsExactly(2);
		assertThat(split.dropped()).extracting(Dropped::reason, Dropped::items)
			.containsExactlyInAnyOrder(Tuple.tuple(Reason.DUPLICATE, 2), Tuple.tuple(Reason.TOO_OLD, 1));
		assertThat(DecodedRequest.of(split.parts().get(0).message()).values()).containsEntry("a_b", 1.0);
		Split again = this.translator.split(message);
		assertThat(again.parts()).isEmpty();
		assertThat(again.dropped().stream().mapToInt(Dropped::items).sum()).isEqualTo(5);
	}

	@Test
	void sendsNoOtherMetricAsTheSameSeriesThoughItsTimeIsLater() {
		Split split = this.translator.split(OtlpMetrics.message(
				OtlpMetrics.counter("a.b", "", OtlpMetrics.number(NOW, 100),
						OtlpMetrics.number(NOW.plusMillis(1), 101)),
				OtlpMetrics.counter("a_b", "", OtlpMetrics.number(NOW.plusMillis(2), 3)),
				OtlpMetrics.gauge("a.b.total", "", OtlpMetrics.number(NOW.plusMillis(3), 4))));
		assertThat(split.dropped()).extracting(Dropped::reason, Dropped::items)
			.containsExactly(Tuple.tuple(Reason.DUPLICATE, 2));
		assertThat(DecodedRequest.of(split.parts().get(0).message()).series()).extracting(DecodedSeries::value)
			.containsExactly(100.0, 101.0);
	}

	@Test
	void sendsNothingOfAHistogramThatSharesASeriesWithAnother() {
		Split split = this.translator
			.split(OtlpMetrics.message(OtlpMetrics.sum("h.count", "", OtlpMetrics.number(NOW, 9)),
					OtlpMetrics.histogram("h", "", NOW, (point) -> point.setCount(1))));
		assertThat(split.dropped()).extracting(Dropped::reason).containsExactly(Reason.DUPLICATE);
		assertThat(DecodedRequest.of(split.parts().get(0).message()).values()).containsOnlyKeys("h_count");
	}

	@Test
	void takesNowForATimeThatIsNotThere() {
		DecodedSeries series = only(
				OtlpMetrics.message(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1).setTimeUnixNano(0))))
			.one("a");
		assertThat(series.time()).isEqualTo(NOW.toEpochMilli());
	}

	@Test
	void beginsCountersAtZeroOnceAndOnlyWhereTheyBeganShortlyBefore() {
		Instant start = NOW.minusSeconds(20);
		byte[] young = OtlpMetrics.message(
				OtlpMetrics.counter("young", "",
						OtlpMetrics.number(NOW, 5).setStartTimeUnixNano(OtlpMetrics.nanos(start))),
				OtlpMetrics.counter("zero", "",
						OtlpMetrics.number(NOW, 0).setStartTimeUnixNano(OtlpMetrics.nanos(start))),
				OtlpMetrics.gauge("gauge", "",
						OtlpMetrics.number(NOW, 5).setStartTimeUnixNano(OtlpMetrics.nanos(start))),
				OtlpMetrics.counter("unknown", "", OtlpMetrics.number(NOW, 5)),
				OtlpMetrics.counter("old", "", OtlpMetrics.number(NOW, 5)
					.setStartTimeUnixNano(OtlpMetrics.nanos(NOW.minus(Duration.ofMinutes(5))))));
		DecodedRequest request = only(young);
		assertThat(request.one("young_total").samples()).containsExactly(Map.entry(start.toEpochMilli(), 0L),
				Map.entry(NOW.toEpochMilli(), Double.doubleToLongBits(5)));
		assertThat(List.of("zero_total", "gauge", "unknown_total", "old_total"))
			.allSatisfy((name) -> assertThat(request.one(name).samples()).hasSize(1));
		this.clock.pass(Duration.ofSeconds(1));
		DecodedRequest next = only(OtlpMetrics.message(OtlpMetrics.counter("young", "",
				OtlpMetrics.number(NOW.plusSeconds(1), 6).setStartTimeUnixNano(OtlpMetrics.nanos(start)))));
		assertThat(next.one("young_total").samples()).hasSize(1);
	}

	@Test
	void doesNotBeginCountersAgainThatItEnded() {
		Instant start = NOW.minusSeconds(20);
		only(OtlpMetrics.message(OtlpMetrics.counter("a", "",
				OtlpMetrics.number(NOW, 5).setStartTimeUnixNano(OtlpMetrics.nanos(start)))));
		this.translator.last();
		this.clock.pass(Duration.ofSeconds(1));
		assertThat(only(OtlpMetrics.message(OtlpMetrics.counter("a", "",
				OtlpMetrics.number(NOW.plusSeconds(1), 6).setStartTimeUnixNano(OtlpMetrics.nanos(start)))))
			.one("a_total")
			.samples()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(HistogramForm.class)
	void endsEverySeriesOnceWhenTheApplicationStops(HistogramForm form) {
		RemoteWriteTranslator translator = translator(form, RequestLimit.AMP);
		Split split = translator.split(OtlpMetrics.message(
				OtlpMetrics.scope(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)),
						OtlpMetrics.gauge("b", "", OtlpMetrics.number(NOW.plusSeconds(9), 1)),
						OtlpMetrics.exponential("e", "s", NOW, new Recorder(160).record(1)::write)),
				OtlpMetrics.attribute("service.name", "till"), OtlpMetrics.attribute("host.name", "h")));
		Set<String> sent = texts(split.parts());
		this.clock.pass(Duration.ofSeconds(2));
		List<Part> last = translator.last();
		assertThat(last).extracting(Part::items).containsExactly(0);
		assertThat(texts(last)).isEqualTo(sent);
		DecodedRequest request = DecodedRequest.of(last.get(0).message());
		assertThat(request.series()).allSatisfy((series) -> assertThat(series.isStale()).isTrue());
		assertThat(request.one("a{job=\"till\"}").time()).isEqualTo(NOW.plusSeconds(2).toEpochMilli());
		assertThat(request.one("b{job=\"till\"}").time()).as("after the last sample, not before it")
			.isEqualTo(NOW.plusSeconds(9).toEpochMilli() + 1);
		assertThat(translator.last()).isEmpty();
	}

	@Test
	void forgetsSeriesThatComeNoMore() {
		only(OtlpMetrics.message(OtlpMetrics.gauge("gone", "", OtlpMetrics.number(NOW, 1)),
				OtlpMetrics.gauge("stays", "", OtlpMetrics.number(NOW, 1))));
		this.clock.pass(Duration.ofMinutes(5));
		only(OtlpMetrics.message(OtlpMetrics.gauge("stays", "", OtlpMetrics.number(this.clock.instant(), 1))));
		this.clock.pass(Duration.ofMillis(1));
		assertThat(this.translator.split(OtlpMetrics.message(OtlpMetrics.scope())).parts()).isEmpty();
		assertThat(texts(this.translator.last())).containsExactly("stays");
	}

	@Test
	void beginsACounterThatIsMadeAgainAfterItsLastSample() {
		only(OtlpMetrics.message(OtlpMetrics.counter("a", "", OtlpMetrics.number(NOW, 9))));
		this.clock.pass(Duration.ofMinutes(5).plusMillis(1));
		assertThat(this.translator.split(OtlpMetrics.message(OtlpMetrics.scope())).parts())
			.as("nothing newer than the beginning")
			.isEmpty();
		Instant start = this.clock.instant().minusSeconds(1);
		this.clock.pass(Duration.ofSeconds(30));
		assertThat(only(OtlpMetrics.message(OtlpMetrics.counter("a", "",
				OtlpMetrics.number(this.clock.instant(), 1).setStartTimeUnixNano(OtlpMetrics.nanos(start)))))
			.one("a_total")
			.times()).containsExactly(start.toEpochMilli(), this.clock.millis());
	}

	@Test
	void doesNotBeginACounterThatItSentWithoutRoomToRememberIt() {
		this.translator.split(OtlpMetrics.message(OtlpMetrics.gauge("many", "",
				IntStream.range(0, 100)
					.mapToObj((i) -> OtlpMetrics.number(NOW, i, OtlpMetrics.attribute("item", "i" + i)))
					.toArray(NumberDataPoint.Builder[]::new))));
		this.clock.pass(Duration.ofMinutes(5));
		Instant start = this.clock.instant().minusSeconds(10);
		for (int i = 0; i < 2; i++) {
			NumberDataPoint.Builder point = OtlpMetrics.number(this.clock.instant(), 5)
				.setStartTimeUnixNano(OtlpMetrics.nanos(start));
			assertThat(only(OtlpMetrics.message(OtlpMetrics.counter("a", "", point))).one("a_total").times())
				.containsExactly(this.clock.millis());
			this.clock.pass(Duration.ofSeconds(10));
		}
		assertThat(texts(this.translator.last())).containsExactly("a_total");
	}

	@Test
	void sendsSeriesThatItHasNoRoomToRemember() {
		Split split = this.translator.split(OtlpMetrics.message(OtlpMetrics.gauge("many", "",
				IntStream.range(0, 130)
					.mapToObj((i) -> OtlpMetrics.number(NOW, i, OtlpMetrics.attribute("item", "i" + i % 120)))
					.toArray(NumberDataPoint.Builder[]::new))));
		assertThat(split.parts()).extracting(Part::items).containsExactly(120);
		assertThat(split.dropped()).extracting(Dropped::items).containsExactly(10);
		assertThat(texts(this.translator.last())).hasSize(100);
	}

	@Test
	void makesRequestsThatAreSmallEnoughWhenCompressed() {
		RemoteWriteTranslator small = translator(HistogramForm.CLASSIC, new RequestLimit(2_000));
		Split split = small.split(OtlpMetrics.message(
				OtlpMetrics.scope(IntStream.range(0, 50)
					.mapToObj((i) -> OtlpMetrics.exponential("timer." + Integer.toHexString(i * 0x9E3779B9), "s", NOW,
							new Recorder(160).record(i + 0.1)::write))
					.toArray(Metric.Builder[]::new)),
				OtlpMetrics.attribute("service.name", "till"), OtlpMetrics.attribute("host.name", "h")));
		assertThat(split.dropped()).isEmpty();
		assertThat(split.parts()).hasSizeGreaterThan(1)
			.allSatisfy(
					(part) -> assertThat(SnappyCompressor.compress(part.message()).length).isLessThanOrEqualTo(2_000))
			.anySatisfy((part) -> assertThat(part.message().length).as("no smaller than needed").isGreaterThan(2_000));
		assertThat(split.parts().stream().mapToInt(Part::items).sum()).isEqualTo(50);
		assertThat(split.parts()).allSatisfy((part) -> assertThat(DecodedRequest.of(part.message())
			.series()
			.stream()
			.filter((series) -> series.labels().get("__name__").endsWith("_count"))).hasSize(part.items()));
	}

	@Test
	void dropsAPointWhoseSeriesNeedMoreThanARequest() {
		RemoteWriteTranslator small = translator(HistogramForm.CLASSIC, new RequestLimit(100));
		Split split = small.split(OtlpMetrics.message(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)),
				OtlpMetrics.exponential("e", "s", NOW, new Recorder(160).record(1)::write)));
		assertThat(split.parts()).extracting(Part::items).containsExactly(1);
		assertThat(split.dropped()).containsExactly(new Dropped(Reason.TOO_LARGE, 1,
				"data point of metric 'e_seconds_bucket': its series need more than the 100 bytes of a request"));
	}

	@Test
	void halvesRequestsBetweenPoints() {
		Split split = this.translator.split(OtlpMetrics.message(
				OtlpMetrics.scope(OtlpMetrics.gauge("a", "", OtlpMetrics.number(NOW, 1)),
						OtlpMetrics.exponential("e", "s", NOW, new Recorder(160).record(1)::write),
						OtlpMetrics.histogram("h", "s", NOW, (point) -> point.setCount(3))),
				OtlpMetrics.attribute("service.name", "till"), OtlpMetrics.attribute("host.name", "h")));
		Split halves = this.translator.halve(split.parts().get(0).message());
		assertThat(halves.dropped()).isEmpty();
		assertThat(texts(halves.parts())).isEqualTo(texts(split.parts()));
		assertThat(halves.parts()).extracting(Part::items).containsExactly(2, 1);
		Part single = halves.parts().get(1);
		Split nothing = this.translator.halve(single.message());
		assertThat(nothing.parts()).isEmpty();
		assertThat(nothing.dropped()).containsExactly(new Dropped(Reason.TOO_LARGE, 1,
				"data point of metric 'h_seconds_bucket': refused as too large alone, in " + single.message().length
						+ " bytes"));
		assertThat(this.translator.halve(this.translator.last().get(0).message()))
			.isEqualTo(new Split(List.of(), List.of(), List.of()));
	}

	@Test
	void refusesWhatIsNoMessage() {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.translator.split(new byte[] { 1 }));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.translator.halve(new byte[] { 9 }));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.translator.halve(new byte[] { 10, 5, 1 }));
	}

	@Test
	void makesNothingOfNothing() {
		assertThat(this.translator.split(new byte[0])).isEqualTo(new Split(List.of(), List.of(), List.of()));
		assertThat(this.translator.last()).isEmpty();
	}

	private static Set<String> texts(List<Part> parts) {
		return parts.stream()
			.flatMap((part) -> DecodedRequest.of(part.message()).series().stream())
			.map(DecodedSeries::text)
			.collect(Collectors.toSet());
	}

	private Map<String, String> labels(KeyValue... attributes) {
		return only(OtlpMetrics.message(OtlpMetrics.gauge("a.gauge", "", OtlpMetrics.number(NOW, 1, attributes))))
			.series()
			.get(0)
			.labels();
	}

	/**
	 * The one request that a message becomes, of which nothing is dropped.
	 */
	private DecodedRequest only(byte[] message) {
		Split split = this.translator.split(message);
		assertThat(split.dropped()).isEmpty();
		assertThat(split.parts()).hasSize(1);
		return DecodedRequest.of(split.parts().get(0).message());
	}

	private RemoteWriteTranslator translator(HistogramForm form, RequestLimit limit) {
		return new RemoteWriteTranslator(new MetricReader(form, new BucketBounds(20)), this.sent, limit, this.clock);
	}

}
