package io.github.adotspring.autoconfigure.emf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the metrics are, documents are valid and every data point is in one of them or
 * counted as dropped.
 */
@Timeout(60)
final class RandomMetricsTests {

	private static final double[] NUMBERS = { 0, -0.0, 1, -1, 0.1, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p360,
			-0x1p360, Math.nextUp(0x1p360), Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e17, 42 };

	private static final String[] UNITS = { "", "1", "ms", "d", "ns", "{x}", "By/s", "\ud800", "KiBy" };

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void everyDocumentIsValidAndEveryPointAccountedFor(long seed) {
		ExportMetricsServiceRequest message = new Generator(new Random(seed)).message();
		Split split = Documents.split(Documents.SETTINGS, message);
		for (Part part : split.parts()) {
			List<JsonNode> documents = Documents.readLines(part.message());
			assertThat(documents.stream().mapToInt((document) -> Documents.names(document).size()).sum())
				.isEqualTo(part.items());
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void halvingLosesNothing(long seed) {
		MessageSplitter splitter = new EmfSplitter(new EmfTranslator(Documents.SETTINGS, new ManualClock()),
				new PutLogEventsForm("group", "stream"));
		Split split = splitter.split(new Generator(new Random(seed)).message().toByteArray());
		Deque<Part> parts = new ArrayDeque<>(split.parts());
		for (int i = 0; i < 20 && !parts.isEmpty(); i++) {
			Part part = parts.remove();
			JsonNode request = JsonMapper.shared().readTree(part.message());
			List<JsonNode> documents = request.path("logEvents")
				.valueStream()
				.map((event) -> Documents.read(event.path("message").asString()))
				.toList();
			assertThat(documents.stream().mapToInt((document) -> Documents.names(document).size()).sum())
				.isEqualTo(part.items());
			Split halves = splitter.halve(part.message());
			assertThat(halves.parts().stream().mapToInt(Part::items).sum()
					+ halves.dropped().stream().mapToInt(Split.Dropped::items).sum())
				.isEqualTo(part.items());
			assertThat(halves.parts()).hasSize((part.items() > 1) ? 2 : 0);
			parts.addAll(halves.parts());
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void noFiniteNumberInRangeIsLost(long seed) {
		Random random = new Random(seed);
		Metrics metrics = Metrics.of();
		Generator generator = new Generator(random);
		int finite = 0;
		for (int i = 0; i < 50; i++) {
			double value = generator.number();
			finite += (Math.abs(value) <= 0x1p360) ? 1 : 0;
			metrics.gauge("m" + generator.text(), value, generator.text(), generator.text());
		}
		double sum = Documents.of(metrics)
			.stream()
			.flatMap((document) -> Documents.names(document).stream().map(document::path))
			.mapToInt((value) -> value.isNumber() ? 1 : 0)
			.sum();
		assertThat(sum).isEqualTo(finite);
	}

	/**
	 * Makes messages.
	 */
	private static final class Generator {

		private final Random random;

		Generator(Random random) {
			this.random = random;
		}

		ExportMetricsServiceRequest message() {
			ExportMetricsServiceRequest message = metrics().message();
			return this.random.nextBoolean() ? message : message.toBuilder().mergeFrom(metrics().message()).build();
		}

		private Metrics metrics() {
			Metrics metrics = Metrics.of(attributes()).scope(text());
			for (int i = this.random.nextInt(30); i > 0; i--) {
				metrics.unit(UNITS[this.random.nextInt(UNITS.length)]);
				add(metrics);
			}
			return metrics;
		}

		private void add(Metrics metrics) {
			switch (this.random.nextInt(6)) {
				case 0 -> metrics.gauge(text(), time(), number(), attributes());
				case 1 -> metrics.sum(text(), this.random.nextBoolean(), temporality(), this.random.nextLong());
				case 2 -> metrics.histogram(text(), (point) -> {
					double[] bounds = DoubleStream.generate(this::number)
						.limit(this.random.nextInt(300))
						.sorted()
						.toArray();
					point.setCount(this.random.nextInt(3) - 1).addAllAttributes(Metrics.attributes(attributes()));
					DoubleStream.of(bounds).forEach(point::addExplicitBounds);
					counts(bounds.length + this.random.nextInt(2)).forEach(point::addBucketCounts);
					times(() -> point.setSum(number()));
					times(() -> point.setMin(number()));
					times(() -> point.setMax(number()));
				});
				case 3 -> metrics.exponential(text(), (point) -> {
					point.setCount(this.random.nextInt(3) - 1)
						.setScale(this.random.nextBoolean() ? this.random.nextInt(31) - 10 : this.random.nextInt())
						.setZeroCount(this.random.nextInt(3))
						.setZeroThreshold(number())
						.setPositive(buckets())
						.setNegative(buckets());
					times(() -> point.setSum(number()));
					times(() -> point.setMin(number()));
					times(() -> point.setMax(number()));
				});
				case 4 -> metrics.summary(text(), (point) -> {
					point.setCount(this.random.nextInt(3)).setSum(number());
					times(() -> point
						.addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(1).setValue(number())));
				});
				default -> metrics.add(text(), (metric) -> times(() -> metric.getGaugeBuilder()
					.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(this.random.nextLong()))));
			}
		}

		private Buckets buckets() {
			return Buckets.newBuilder()
				.setOffset(this.random.nextBoolean() ? this.random.nextInt(400) - 200 : this.random.nextInt())
				.addAllBucketCounts(counts(this.random.nextInt(300)).boxed().toList())
				.build();
		}

		private LongStream counts(int size) {
			return LongStream.generate(() -> (this.random.nextInt(50) == 0) ? -1 : this.random.nextInt(3)).limit(size);
		}

		private AggregationTemporality temporality() {
			return AggregationTemporality.forNumber(this.random.nextInt(3));
		}

		private Instant time() {
			return Metrics.NOW.plus(Duration.ofMinutes(this.random.nextInt(24 * 60) - 23 * 60));
		}

		private String[] attributes() {
			int count = (this.random.nextInt(10) == 0) ? 200 : this.random.nextInt(4);
			return IntStream.range(0, 2 * count).mapToObj((i) -> text()).toArray(String[]::new);
		}

		double number() {
			return this.random.nextBoolean() ? NUMBERS[this.random.nextInt(NUMBERS.length)]
					: (this.random.nextDouble() - 0.5) * Math.pow(10, this.random.nextInt(100) - 50);
		}

		String text() {
			return switch (this.random.nextInt(9)) {
				case 0 -> "";
				case 1 -> "_aws";
				case 2 -> "Service";
				case 3 -> "x".repeat(this.random.nextInt(3000));
				case 4 -> "name" + this.random.nextInt(4);
				case 5 -> " :\"\\\n\r\t\0\u2028{}[],";
				case 6 -> "\ud83d\ude00é日本";
				case 7 -> new String(bytes(), StandardCharsets.UTF_8);
				default -> "metric.with.a.usual.name" + this.random.nextInt(1000);
			};
		}

		private byte[] bytes() {
			byte[] bytes = new byte[this.random.nextInt(40)];
			this.random.nextBytes(bytes);
			return bytes;
		}

		private void times(Runnable action) {
			if (this.random.nextInt(3) > 0) {
				action.run();
			}
		}

	}

}
