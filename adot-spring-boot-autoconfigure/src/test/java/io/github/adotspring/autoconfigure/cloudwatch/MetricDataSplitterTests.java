package io.github.adotspring.autoconfigure.cloudwatch;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetricDataSplitter} with {@link DatumTranslator}.
 */
final class MetricDataSplitterTests {

	private final DatumTranslator translator = new DatumTranslator(true, false);

	private final MetricDataSplitter splitter = new MetricDataSplitter(this.translator, "shop",
			Clock.fixed(Metrics.NOW, ZoneOffset.UTC));

	@Test
	void passesOnAMessageThatFitsAsItIs() {
		byte[] message = Metrics.message(Metrics.gauge(1), Metrics.gauge(2)).toByteArray();
		Split split = this.splitter.split(message);
		assertThat(split.parts()).containsExactly(new Part(message, 2));
		assertThat(split.dropped()).isEmpty();
	}

	@Test
	void hasNothingToSendForAMessageWithoutDataPoints() {
		Split split = this.splitter.split(Metrics.message(Metric.newBuilder().setName("m")).toByteArray());
		assertThat(split.parts()).isEmpty();
		assertThat(split.dropped()).isEmpty();
	}

	@Test
	void cutsAfterAThousandData() throws Exception {
		Metric.Builder gauge = Metric.newBuilder().setName("g");
		for (int i = 0; i < 2_500; i++) {
			gauge.getGaugeBuilder().addDataPoints(NumberDataPoint.newBuilder().setAsInt(i));
		}
		ExportMetricsServiceRequest message = Metrics.message(gauge);
		Split split = this.splitter.split(message.toByteArray());
		assertThat(split.parts()).extracting(Part::items).containsExactly(1_000, 1_000, 500);
		assertThat(data(split)).extracting(MetricDatum::value)
			.containsExactlyElementsOf(data(message).stream().map(MetricDatum::value).toList());
	}

	@Test
	void cutsBeforeAMegabyteOfForm() {
		Metric.Builder gauge = Metric.newBuilder().setName("g");
		for (int i = 0; i < 600; i++) {
			gauge.getGaugeBuilder()
				.addDataPoints(NumberDataPoint.newBuilder()
					.setAsInt(i)
					.addAttributes(Metrics.attribute("long", "%".repeat(1_000))));
		}
		Split split = this.splitter.split(Metrics.message(gauge).toByteArray());
		assertThat(split.parts()).extracting(Part::items).containsExactly(280, 280, 40);
	}

	@Test
	void leavesOutWhatCloudWatchRefusesAndSaysWhy() throws Exception {
		ExportMetricsServiceRequest message = Metrics.message(Metrics.gauge(1), Metrics.gauge(Double.NaN),
				Metrics.gauge(0x1p361),
				Metrics.gauge(NumberDataPoint.newBuilder()
					.setAsInt(1)
					.setTimeUnixNano(Metrics.nanos(Metrics.NOW.minus(Duration.ofDays(14)).minusSeconds(1)))),
				Metrics.gauge(NumberDataPoint.newBuilder()
					.setAsInt(2)
					.setTimeUnixNano(Metrics.nanos(Metrics.NOW.plus(Duration.ofHours(2)).plusSeconds(1)))),
				Metrics.gauge(NumberDataPoint.newBuilder()), Metrics.sum(1, Metrics.CUMULATIVE, true),
				Metrics.sum(1, Metrics.CUMULATIVE, true), Metrics.gauge(1).setName(" "));
		Split split = this.splitter.split(message.toByteArray());
		assertThat(data(split)).extracting(MetricDatum::value).containsExactly(1.0);
		assertThat(split.dropped()).containsExactlyInAnyOrder(
				new Dropped(Reason.NOT_A_NUMBER, 1, "data point of metric 'g': it is NaN, CloudWatch takes numbers"),
				new Dropped(Reason.OUT_OF_RANGE, 1,
						"data point of metric 'g': it has 4.697e+108, -2^360 to 2^360 is allowed"),
				new Dropped(Reason.TOO_OLD, 1,
						"data point of metric 'g': it is from 2026-11-08T11:59:59Z, 14 days ago is allowed"),
				new Dropped(Reason.TOO_NEW, 1,
						"data point of metric 'g': it is from 2026-11-22T14:00:01Z, 2 hours ahead is allowed"),
				new Dropped(Reason.NO_VALUE, 1, "data point of metric 'g': nothing was recorded"),
				new Dropped(Reason.WRONG_TEMPORALITY, 2,
						"data point of metric 's': it counts since the start, CloudWatch takes what was added since the last time"),
				new Dropped(Reason.INVALID_NAME, 1, "data point of metric '': it has no name"));
	}

	@Test
	void refusesWhatIsNotOtlp() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.splitter.split(new byte[] { 1, 2, 3 }));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.splitter.halve(new byte[] { 1, 2, 3 }));
	}

	@Test
	void halvesAndDropsASingleDataPoint() throws Exception {
		byte[] request = Metrics.message(Metrics.gauge(1), Metrics.gauge(2), Metrics.gauge(3)).toByteArray();
		Split halves = this.splitter.halve(request);
		assertThat(halves.parts()).extracting(Part::items).containsExactly(1, 2);
		assertThat(data(halves)).extracting(MetricDatum::value).containsExactly(1.0, 2.0, 3.0);
		assertThat(this.splitter.halve(halves.parts().get(0).message()).dropped())
			.containsExactly(new Dropped(Reason.TOO_LARGE, 1, "data point of metric 'g': refused as too large alone"));
		assertThat(this.splitter.halve(new byte[0])).isEqualTo(new Split(List.of(), List.of(), List.of()));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void accountsForEveryDataPointAndMakesOnlyGoodData(long seed) throws Exception {
		RandomMetrics random = new RandomMetrics(new Random(seed), Metrics.NOW);
		Set<Reason> reasons = EnumSet.noneOf(Reason.class);
		int sent = 0;
		for (int round = 0; round < 150; round++) {
			ExportMetricsServiceRequest message = random.next();
			Split split = this.splitter.split(message.toByteArray());
			int dropped = split.dropped().stream().mapToInt(Dropped::items).sum();
			List<MetricDatum> data = data(split);
			assertThat(data.size() + dropped).isEqualTo(Metrics.points(message).size());
			for (Part part : split.parts()) {
				List<MetricDatum> ofPart = data(ExportMetricsServiceRequest.parseFrom(part.message()));
				assertThat(part.items()).isEqualTo(ofPart.size()).isBetween(1, 1_000);
				assertThat(RequestSize.of("shop") + ofPart.stream().mapToInt(RequestSize::of).sum())
					.isLessThanOrEqualTo(1_000_000);
				assertHalves(part);
			}
			assertThat(data).allSatisfy((datum) -> assertThat(CloudWatchRules.problems(datum, Metrics.NOW)).isEmpty());
			split.dropped().forEach((one) -> reasons.add(one.reason()));
			sent += data.size();
		}
		assertThat(sent).isGreaterThan(250);
		assertThat(reasons).contains(Reason.NOT_A_NUMBER, Reason.OUT_OF_RANGE, Reason.NO_VALUE, Reason.TOO_NEW,
				Reason.TOO_OLD, Reason.WRONG_TEMPORALITY, Reason.INVALID_NAME, Reason.TOO_MANY_ATTRIBUTES,
				Reason.UNSUPPORTED);
	}

	private void assertHalves(Part part) throws InvalidProtocolBufferException {
		Split halves = this.splitter.halve(part.message());
		int items = halves.parts().stream().mapToInt(Part::items).sum()
				+ halves.dropped().stream().mapToInt(Dropped::items).sum();
		assertThat(items).isEqualTo(part.items());
		if (part.items() > 1) {
			assertThat(data(halves)).isEqualTo(data(ExportMetricsServiceRequest.parseFrom(part.message())));
		}
	}

	private List<MetricDatum> data(Split split) throws InvalidProtocolBufferException {
		List<MetricDatum> data = new ArrayList<>();
		for (Part part : split.parts()) {
			data.addAll(data(ExportMetricsServiceRequest.parseFrom(part.message())));
		}
		return data;
	}

	private List<MetricDatum> data(ExportMetricsServiceRequest message) {
		return Metrics.points(message)
			.stream()
			.map(this.translator::translate)
			.filter(Translation.Datum.class::isInstance)
			.map((translation) -> ((Translation.Datum) translation).value())
			.toList();
	}

}
