package io.github.adotspring.autoconfigure.amp;

import java.util.Random;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;

/**
 * Makes OTLP metrics of all kinds with all kinds of numbers and names.
 */
final class RandomMetrics {

	private static final double[] NUMBERS = { 0, -0.0, 1, -1, 0.1, Double.NaN, Double.POSITIVE_INFINITY,
			Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e300,
			Double.longBitsToDouble(0x7ff0000000000002L) };

	private static final String[] TEXTS = { "", "a", "a.b", "a-b", "A_b", "__name__", "le", "quantile", "job",
			"instance", "otel_scope_name", "9", "é", "\n\"\\", "\u0000", "\uD83D\uDE00", "total", "count", "a b  c",
			"x".repeat(3000) };

	private static final String[] UNITS = { "", "s", "ms", "By", "1", "%", "{a}", "By/s", "{a}/{b}", "/",
			"milliseconds", "é/é", "m/s/s" };

	private final Random random;

	private int points;

	RandomMetrics(Random random) {
		this.random = random;
	}

	byte[] next() {
		this.points = 0;
		ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();
		times(4, () -> {
			ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
			times(4, () -> resource.getResourceBuilder().addAttributes(attribute(0)));
			resource.getResourceBuilder().addAttributes(attribute(0).setKey("service.name"));
			times(4, () -> {
				ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
				scope.getScopeBuilder().setName(text()).setVersion(text());
				times(40, () -> scope.addMetrics(metric()));
				resource.addScopeMetrics(scope);
			});
			message.addResourceMetrics(resource);
		});
		return message.build().toByteArray();
	}

	/**
	 * Data points of the last message.
	 */
	int points() {
		return this.points;
	}

	private Metric.Builder metric() {
		Metric.Builder metric = Metric.newBuilder().setName(text()).setUnit(UNITS[this.random.nextInt(UNITS.length)]);
		AggregationTemporality temporality = AggregationTemporality.forNumber(Math.min(2, this.random.nextInt(12)));
		switch (this.random.nextInt(6)) {
			case 0 -> times(3, () -> metric.getGaugeBuilder().addDataPoints(number()));
			case 1 -> times(3,
					() -> metric.getSumBuilder()
						.setIsMonotonic(this.random.nextBoolean())
						.setAggregationTemporality(temporality)
						.addDataPoints(number()));
			case 2 -> times(3,
					() -> metric.getHistogramBuilder()
						.setAggregationTemporality(temporality)
						.addDataPoints(histogram()));
			case 3 -> times(3,
					() -> metric.getExponentialHistogramBuilder()
						.setAggregationTemporality(temporality)
						.addDataPoints(exponential()));
			case 4 -> times(3, () -> metric.getSummaryBuilder().addDataPoints(summary()));
			default -> metric.setDescription("without data");
		}
		return metric;
	}

	private NumberDataPoint.Builder number() {
		this.points++;
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setStartTimeUnixNano(time())
			.setFlags(flags());
		attributes(() -> point.addAttributes(attribute(0)));
		return switch (this.random.nextInt(5)) {
			case 0 -> point;
			case 1 -> point.setAsInt(this.random.nextLong());
			default -> point.setAsDouble(value());
		};
	}

	private HistogramDataPoint.Builder histogram() {
		this.points++;
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setStartTimeUnixNano(time())
			.setFlags(flags())
			.setCount(this.random.nextInt(100));
		attributes(() -> point.addAttributes(attribute(0)));
		times(2, () -> point.setSum(value()));
		double bound = value();
		int bounds = this.random.nextInt(30);
		for (int i = 0; i < bounds; i++) {
			point.addBucketCounts(this.random.nextInt(10))
				.addExplicitBounds((this.random.nextInt(90) == 0) ? value() : bound + i);
		}
		return (this.random.nextInt(6) == 0) ? point : point.addBucketCounts(1);
	}

	private ExponentialHistogramDataPoint.Builder exponential() {
		this.points++;
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setStartTimeUnixNano(time())
			.setFlags(flags())
			.setScale((this.random.nextInt(9) == 0) ? this.random.nextInt() : this.random.nextInt(30) - 8)
			.setCount(this.random.nextInt(100))
			.setZeroCount(this.random.nextInt(3))
			.setZeroThreshold((this.random.nextInt(3) == 0) ? value() : 0);
		attributes(() -> point.addAttributes(attribute(0)));
		times(2, () -> point.setSum(value()));
		point.getPositiveBuilder()
			.setOffset((this.random.nextInt(9) == 0) ? this.random.nextInt() : this.random.nextInt(99) - 50);
		times(160, () -> point.getPositiveBuilder().addBucketCounts(this.random.nextInt(4)));
		times(3, () -> point.getNegativeBuilder().addBucketCounts(this.random.nextInt(4)));
		return point;
	}

	private SummaryDataPoint.Builder summary() {
		this.points++;
		SummaryDataPoint.Builder point = SummaryDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setStartTimeUnixNano(time())
			.setFlags(flags())
			.setCount(this.random.nextLong())
			.setSum(value());
		attributes(() -> point.addAttributes(attribute(0)));
		times(5, () -> point
			.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(value()).setValue(value())));
		return point;
	}

	private void attributes(Runnable action) {
		times((this.random.nextInt(40) == 0) ? 300 : 6, action);
	}

	private KeyValue.Builder attribute(int depth) {
		boolean isPlain = this.random.nextBoolean();
		return KeyValue.newBuilder().setKey(isPlain ? "k" + this.random.nextInt(400) : text()).setValue(value(depth));
	}

	private AnyValue.Builder value(int depth) {
		AnyValue.Builder value = AnyValue.newBuilder();
		switch (this.random.nextInt((depth < 3) ? 8 : 5)) {
			case 0 -> value.setIntValue(this.random.nextLong());
			case 1 -> value.setBoolValue(this.random.nextBoolean());
			case 2 -> value.setDoubleValue(value());
			case 3 -> value.setBytesValue(ByteString.copyFromUtf8(text()));
			case 5 -> times(3, () -> value.setArrayValue(ArrayValue.newBuilder().addValues(value(depth + 1))));
			case 6 -> times(3, () -> value.setKvlistValue(KeyValueList.newBuilder().addValues(attribute(depth + 1))));
			default -> value.setStringValue(text());
		}
		return value;
	}

	private String text() {
		return TEXTS[this.random.nextInt(TEXTS.length)];
	}

	private double value() {
		return this.random.nextBoolean() ? this.random.nextGaussian() * 100
				: NUMBERS[this.random.nextInt(NUMBERS.length)];
	}

	private int flags() {
		return (this.random.nextInt(9) == 0) ? 1 : 0;
	}

	private long time() {
		return switch (this.random.nextInt(9)) {
			case 0 -> 0;
			case 1 -> this.random.nextLong();
			default -> OtlpMetrics.nanos(ManualClock.START.plusMillis(this.random.nextInt(100_000)));
		};
	}

	private void times(int bound, Runnable action) {
		for (int i = this.random.nextInt(bound); i > 0; i--) {
			action.run();
		}
	}

}
