package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * Makes metrics of all kinds, with numbers, names, times and attributes that nobody would
 * expect.
 */
final class RandomMetrics {

	private static final double[] NUMBERS = { 0, -0.0, 1, -1, 1e-300, -1e-300, Double.MIN_VALUE, Double.NaN,
			Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, 1e109, 0x1p360,
			-0x1p360, 0x1p-360 };

	private static final String[] TEXTS = { "", " ", "http.route", ":colon", " :", "\u0000", "a\nb", "é", "日本語",
			"\ud800", "x".repeat(300), "ü".repeat(400), "y".repeat(2000), "Service", "environment", "AWS/x", "a b" };

	private final Random random;

	private final Instant now;

	RandomMetrics(Random random, Instant now) {
		this.random = random;
		this.now = now;
	}

	ExportMetricsServiceRequest next() {
		ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();
		times(3, () -> {
			ResourceMetrics.Builder resource = message.addResourceMetricsBuilder().setResource(resource());
			times(3, () -> {
				ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder()
					.setScope(InstrumentationScope.newBuilder().setName(text()));
				times(4, () -> scope.addMetrics(metric()));
			});
		});
		return message.build();
	}

	private Resource.Builder resource() {
		Resource.Builder resource = Resource.newBuilder();
		if (this.random.nextBoolean()) {
			resource.addAttributes(Metrics.attribute("service.name", text()));
		}
		if (this.random.nextBoolean()) {
			resource.addAttributes(Metrics.attribute("deployment.environment.name", text()));
		}
		return resource;
	}

	private Metric.Builder metric() {
		Metric.Builder metric = Metric.newBuilder().setName(text()).setUnit(text());
		switch (this.random.nextInt(6)) {
			case 0 -> times(5, () -> metric.getGaugeBuilder().addDataPoints(number()));
			case 1 -> {
				metric.getSumBuilder()
					.setIsMonotonic(this.random.nextBoolean())
					.setAggregationTemporality(temporality());
				times(5, () -> metric.getSumBuilder().addDataPoints(number()));
			}
			case 2 -> {
				metric.getHistogramBuilder().setAggregationTemporality(temporality());
				times(5, () -> metric.getHistogramBuilder().addDataPoints(histogram()));
			}
			case 3 -> {
				metric.getExponentialHistogramBuilder().setAggregationTemporality(temporality());
				times(5, () -> metric.getExponentialHistogramBuilder().addDataPoints(exponential()));
			}
			case 4 -> times(5, () -> metric.getSummaryBuilder().addDataPoints(summary()));
			default -> {
				// A metric without data.
			}
		}
		return metric;
	}

	private NumberDataPoint.Builder number() {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setTimeUnixNano(time());
		attributes(() -> point.addAttributes(attribute()));
		switch (this.random.nextInt(4)) {
			case 0 -> point.setAsInt(this.random.nextLong());
			case 1 -> point.setFlags(this.random.nextInt(3));
			default -> point.setAsDouble(value());
		}
		return point;
	}

	private HistogramDataPoint.Builder histogram() {
		HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setCount(this.random.nextInt(5));
		attributes(() -> point.addAttributes(attribute()));
		sometimes(() -> point.setSum(value()));
		sometimes(() -> point.setMin(value()));
		sometimes(() -> point.setMax(value()));
		double bound = this.random.nextGaussian() * 100;
		int bounds = (this.random.nextInt(5) == 0) ? 400 : this.random.nextInt(12);
		for (int i = 0; i < bounds; i++) {
			point.addExplicitBounds((this.random.nextInt(500) == 0) ? value() : bound);
			bound += this.random.nextDouble() * 10;
		}
		int counts = (this.random.nextInt(5) == 0) ? this.random.nextInt(10) : bounds + 1;
		times(counts, counts, () -> point.addBucketCounts(count()));
		return point;
	}

	private ExponentialHistogramDataPoint.Builder exponential() {
		ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setCount(this.random.nextInt(3))
			.setScale((this.random.nextInt(10) == 0) ? this.random.nextInt() : this.random.nextInt(31) - 10)
			.setZeroCount(count());
		attributes(() -> point.addAttributes(attribute()));
		sometimes(() -> point.setZeroThreshold(value()));
		sometimes(() -> point.setSum(value()));
		sometimes(() -> point.setMin(value()));
		sometimes(() -> point.setMax(value()));
		sometimes(() -> buckets(point.getPositiveBuilder()));
		sometimes(() -> buckets(point.getNegativeBuilder()));
		return point;
	}

	private void buckets(ExponentialHistogramDataPoint.Buckets.Builder buckets) {
		buckets.setOffset((this.random.nextInt(10) == 0) ? this.random.nextInt() : this.random.nextInt(400) - 200);
		int count = (this.random.nextInt(20) == 0) ? 2000 : this.random.nextInt(200);
		times(count, count, () -> buckets.addBucketCounts(count()));
	}

	private SummaryDataPoint.Builder summary() {
		SummaryDataPoint.Builder point = SummaryDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setCount(count())
			.setSum(value());
		attributes(() -> point.addAttributes(attribute()));
		times(4, () -> point.addQuantileValues(
				SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(this.random.nextDouble()).setValue(value())));
		return point;
	}

	private void attributes(Runnable add) {
		int most = switch (this.random.nextInt(8)) {
			case 0 -> 200;
			case 1 -> 32;
			default -> 4;
		};
		times(most, add);
	}

	private KeyValue.Builder attribute() {
		return KeyValue.newBuilder()
			.setKey(this.random.nextBoolean() ? text() : "key" + this.random.nextInt(1000))
			.setValue(anyValue());
	}

	private AnyValue.Builder anyValue() {
		AnyValue.Builder value = AnyValue.newBuilder();
		return switch (this.random.nextInt(8)) {
			case 0 -> value.setIntValue(this.random.nextLong());
			case 1 -> value.setDoubleValue(value());
			case 2 -> value.setBoolValue(true);
			case 3 ->
				value.setArrayValue(ArrayValue.newBuilder().addValues(AnyValue.newBuilder().setStringValue(text())));
			case 4 -> value;
			default -> value.setStringValue(text());
		};
	}

	private AggregationTemporality temporality() {
		return switch (this.random.nextInt(6)) {
			case 0 -> Metrics.CUMULATIVE;
			case 1 -> AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED;
			default -> Metrics.DELTA;
		};
	}

	private String text() {
		return this.random.nextBoolean() ? "name" + this.random.nextInt(5) : TEXTS[this.random.nextInt(TEXTS.length)];
	}

	private double value() {
		return switch (this.random.nextInt(3)) {
			case 0 -> NUMBERS[this.random.nextInt(NUMBERS.length)];
			case 1 -> Double.longBitsToDouble(this.random.nextLong());
			default -> this.random.nextGaussian() * 1000;
		};
	}

	private long count() {
		return switch (this.random.nextInt(12)) {
			case 0, 1, 2, 3, 4 -> 0;
			case 5 -> (this.random.nextInt(10) == 0) ? this.random.nextLong() : 1;
			default -> this.random.nextInt(1000);
		};
	}

	private long time() {
		return switch (this.random.nextInt(12)) {
			case 0 -> 0;
			case 1 -> Metrics.nanos(this.now.minus(Duration.ofDays(15)));
			case 2 -> Metrics.nanos(this.now.plus(Duration.ofHours(3)));
			case 3 -> this.random.nextLong();
			default -> Metrics.nanos(this.now.minus(Duration.ofSeconds(this.random.nextInt(600))));
		};
	}

	private void sometimes(Runnable action) {
		if (this.random.nextBoolean()) {
			action.run();
		}
	}

	private void times(int most, Runnable action) {
		times(0, most, action);
	}

	private void times(int least, int most, Runnable action) {
		for (int i = least + this.random.nextInt(most - least + 1); i > 0; i--) {
			action.run();
		}
	}

}
