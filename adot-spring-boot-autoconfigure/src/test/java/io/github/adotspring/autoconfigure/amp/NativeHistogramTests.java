package io.github.adotspring.autoconfigure.amp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeHistogram} and {@link NativeBuckets}.
 */
final class NativeHistogramTests {

	@Test
	void hasBucketsByTheIndexOfTheirUpperBound() throws IOException {
		UnknownFieldSet histogram = histogram((point) -> {
			point.setScale(3).setCount(15).setSum(2.5).setZeroCount(4).setZeroThreshold(0.25);
			point.getPositiveBuilder().setOffset(-3).addAllBucketCounts(List.of(1L, 0L, 0L, 2L, 0L, 0L, 0L, 3L, 4L));
			point.getNegativeBuilder().setOffset(5).addBucketCounts(1);
		});
		assertThat(histogram.asMap().keySet()).containsExactlyInAnyOrder(1, 3, 4, 5, 6, 8, 9, 11, 12, 15);
		assertThat(histogram.getField(1).getVarintList()).containsExactly(15L);
		assertThat(histogram.getField(3).getFixed64List()).containsExactly(Double.doubleToLongBits(2.5));
		assertThat(histogram.getField(4).getVarintList()).containsExactly(6L);
		assertThat(histogram.getField(5).getFixed64List()).containsExactly(Double.doubleToLongBits(0.25));
		assertThat(histogram.getField(6).getVarintList()).containsExactly(4L);
		assertThat(histogram.getField(15).getVarintList()).containsExactly(ManualClock.START.toEpochMilli());
		assertThat(histogram.getField(11).getLengthDelimitedList()).as("a short gap is filled, a long one is not")
			.hasSize(2);
		assertThat(buckets(histogram, 11)).isEqualTo(Map.of(-2, 1L, -1, 0L, 0, 0L, 1, 2L, 5, 3L, 6, 4L));
		assertThat(buckets(histogram, 8)).isEqualTo(Map.of(6, 1L));
	}

	@ParameterizedTest
	@CsvSource({ "20, 8", "9, 8", "8, 8", "0, 0", "-4, -4" })
	void hasAScaleThatPrometheusKnows(int scale, int schema) throws IOException {
		UnknownFieldSet histogram = histogram((point) -> {
			point.setScale(scale).setCount(7);
			point.getPositiveBuilder().setOffset(-1).addAllBucketCounts(List.of(1L, 2L, 4L));
		});
		long zigzag = (schema < 0) ? -2L * schema - 1 : 2L * schema;
		assertThat(histogram.getField(4).getVarintList()).isEqualTo((schema == 0) ? List.of() : List.of(zigzag));
		assertThat(buckets(histogram, 11)).isEqualTo((scale > 8) ? Map.of(0, 1L, 1, 6L) : Map.of(0, 1L, 1, 2L, 2, 4L));
		assertThat(histogram.getField(5).getFixed64List()).containsExactly(Double.doubleToLongBits(1e-128));
	}

	@Test
	void isNotMadeOfOneThatIsTooCoarse() {
		Split split = split((point) -> point.setScale(-5));
		assertThat(split.parts()).isEmpty();
		assertThat(split.dropped()).containsExactly(new Dropped(Reason.UNSUPPORTED, 1,
				"data point of metric 'h': has scale -5, and native histograms have none below -4"));
	}

	@Test
	void beginsAtZero() {
		Split split = split((point) -> point.setStartTimeUnixNano(OtlpMetrics.nanos(ManualClock.START.minusSeconds(1)))
			.getPositiveBuilder()
			.addBucketCounts(1));
		List<UnknownFieldSet> histograms = DecodedRequest.of(split.parts().get(0).message())
			.one("h_seconds")
			.histograms();
		assertThat(histograms).hasSize(2);
		assertThat(histograms.get(0).hasField(1)).isFalse();
		assertThat(histograms.get(0).getField(15).getVarintList())
			.containsExactly(ManualClock.START.minusSeconds(1).toEpochMilli());
		assertThat(histograms.get(1).getField(1).getVarintList()).containsExactly(1L);
	}

	@Test
	void keepsEveryBucketOfRandomOnes() throws IOException {
		Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			int offset = random.nextInt(2000) - 1000;
			List<Long> counts = random.longs(random.nextInt(100), 0, 5)
				.map((count) -> Math.max(0, count - 2))
				.boxed()
				.toList();
			UnknownFieldSet histogram = histogram((point) -> {
				point.setScale(2);
				point.getPositiveBuilder().setOffset(offset).addAllBucketCounts(counts);
			});
			Map<Integer, Long> expected = new TreeMap<>();
			for (int j = 0; j < counts.size(); j++) {
				if (counts.get(j) > 0) {
					expected.put(offset + j + 1, counts.get(j));
				}
			}
			Map<Integer, Long> buckets = buckets(histogram, 11);
			buckets.values().removeIf((count) -> count == 0);
			assertThat(buckets).isEqualTo(expected);
			assertThat(histogram.getField(1).getVarintList().stream().mapToLong(Long::longValue).sum())
				.isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
		}
	}

	private static UnknownFieldSet histogram(Consumer<ExponentialHistogramDataPoint.Builder> point) {
		Split split = split(point);
		assertThat(split.parts()).hasSize(1);
		return DecodedRequest.of(split.parts().get(0).message()).one("h_seconds").histograms().get(0);
	}

	private static Split split(Consumer<ExponentialHistogramDataPoint.Builder> point) {
		return new RemoteWriteTranslator(new MetricReader(HistogramForm.NATIVE, new BucketBounds(20)),
				new SentSeries(10), RequestLimit.AMP, new ManualClock())
			.split(OtlpMetrics.message(OtlpMetrics.exponential("h", "s", ManualClock.START, point)));
	}

	/**
	 * The buckets of one sign by index, as Prometheus reads spans and deltas.
	 */
	private static Map<Integer, Long> buckets(UnknownFieldSet histogram, int spansField) throws IOException {
		List<Long> counts = new ArrayList<>();
		long count = 0;
		for (var packed : histogram.getField(spansField + 1).getLengthDelimitedList()) {
			CodedInputStream deltas = packed.newCodedInput();
			while (!deltas.isAtEnd()) {
				count += deltas.readSInt64();
				counts.add(count);
			}
		}
		Map<Integer, Long> buckets = new TreeMap<>();
		int index = 0;
		int next = 0;
		for (var encoded : histogram.getField(spansField).getLengthDelimitedList()) {
			UnknownFieldSet span = UnknownFieldSet.parseFrom(encoded);
			index += span.getField(1)
				.getVarintList()
				.stream()
				.mapToInt((offset) -> CodedInputStream.decodeZigZag32(offset.intValue()))
				.sum();
			for (int i = 0; i < span.getField(2).getVarintList().get(0); i++) {
				buckets.put(index++, counts.get(next++));
			}
		}
		assertThat(next).isEqualTo(counts.size());
		return buckets;
	}

}
