package io.github.adotspring.autoconfigure.otlp;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Makes OTLP messages of all shapes. Every item has a number of its own; most are from
 * now, some from long ago, from the future or without a time.
 */
final class RandomMessages {

	static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private final Random random;

	private int items;

	RandomMessages(Random random) {
		this.random = random;
	}

	byte[] next(Signal signal) {
		return switch (signal) {
			case TRACES -> traces().toByteArray();
			case METRICS -> metrics().toByteArray();
			case LOGS -> logs().toByteArray();
		};
	}

	private ExportTraceServiceRequest traces() {
		ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
		times(() -> {
			ResourceSpans.Builder resource = ResourceSpans.newBuilder()
				.setResource(resource())
				.setSchemaUrl(text())
				.setUnknownFields(unknown());
			times(() -> {
				ScopeSpans.Builder scope = ScopeSpans.newBuilder()
					.setScope(scope())
					.setSchemaUrl(text())
					.setUnknownFields(unknown());
				times(() -> scope.addSpans(span()));
				resource.addScopeSpans(scope);
			});
			message.addResourceSpans(resource);
		});
		return message.setUnknownFields(unknown()).build();
	}

	private Span.Builder span() {
		long end = time();
		return Span.newBuilder()
			.setName(text())
			.setSpanId(ByteString.copyFrom(new byte[8]))
			.setStartTimeUnixNano((end == 0) ? 0 : end - this.random.nextInt(1_000_000))
			.setEndTimeUnixNano(end)
			.setDroppedLinksCount(++this.items)
			.addAttributes(attribute())
			.addEvents(Span.Event.newBuilder().setName(text()).addAttributes(attribute()))
			.addLinks(Span.Link.newBuilder().addAttributes(attribute()));
	}

	private ExportLogsServiceRequest logs() {
		ExportLogsServiceRequest.Builder message = ExportLogsServiceRequest.newBuilder();
		times(() -> {
			ResourceLogs.Builder resource = ResourceLogs.newBuilder().setResource(resource()).setSchemaUrl(text());
			times(() -> {
				ScopeLogs.Builder scope = ScopeLogs.newBuilder().setScope(scope()).setUnknownFields(unknown());
				times(() -> scope.addLogRecords(logRecord()));
				resource.addScopeLogs(scope);
			});
			message.addResourceLogs(resource);
		});
		return message.build();
	}

	private LogRecord.Builder logRecord() {
		return LogRecord.newBuilder()
			.setTimeUnixNano(this.random.nextBoolean() ? time() : 0)
			.setObservedTimeUnixNano(time())
			.setDroppedAttributesCount(++this.items)
			.setBody(AnyValue.newBuilder().setStringValue(text()))
			.addAttributes(attribute());
	}

	private ExportMetricsServiceRequest metrics() {
		ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();
		times(() -> {
			ResourceMetrics.Builder resource = ResourceMetrics.newBuilder()
				.setResource(resource())
				.setSchemaUrl(text());
			times(() -> {
				ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(scope()).setSchemaUrl(text());
				times(() -> scope.addMetrics(metric()));
				resource.addScopeMetrics(scope);
			});
			message.addResourceMetrics(resource);
		});
		return message.build();
	}

	private Metric.Builder metric() {
		Metric.Builder metric = Metric.newBuilder()
			.setName(text())
			.setDescription(text())
			.setUnknownFields(unknown())
			.addMetadata(attribute());
		var delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
		switch (this.random.nextInt(6)) {
			case 0 -> times(() -> metric.getGaugeBuilder().addDataPoints(number()));
			case 1 -> times(() -> metric.getSumBuilder()
				.addDataPoints(number())
				.setIsMonotonic(true)
				.setAggregationTemporality(delta));
			case 2 -> times(() -> metric.getHistogramBuilder()
				.setAggregationTemporality(delta)
				.addDataPoints(HistogramDataPoint.newBuilder()
					.setStartTimeUnixNano(++this.items)
					.setTimeUnixNano(time())
					.addBucketCounts(3)
					.addExplicitBounds(1.5)
					.addAttributes(attribute())));
			case 3 -> times(() -> metric.getExponentialHistogramBuilder()
				.setAggregationTemporality(delta)
				.addDataPoints(ExponentialHistogramDataPoint.newBuilder()
					.setStartTimeUnixNano(++this.items)
					.setTimeUnixNano(time())
					.setScale(3)
					.addAttributes(attribute())));
			case 4 -> times(() -> metric.getSummaryBuilder()
				.addDataPoints(SummaryDataPoint.newBuilder()
					.setStartTimeUnixNano(++this.items)
					.setTimeUnixNano(time())
					.addAttributes(attribute())
					.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setValue(1))));
			default -> metric.setUnit("s");
		}
		return metric;
	}

	private NumberDataPoint.Builder number() {
		return NumberDataPoint.newBuilder()
			.setStartTimeUnixNano(++this.items)
			.setTimeUnixNano(time())
			.setAsDouble(this.random.nextDouble())
			.addAttributes(attribute())
			.addAttributes(attribute());
	}

	private Resource.Builder resource() {
		Resource.Builder resource = Resource.newBuilder().addAttributes(attribute()).setUnknownFields(unknown());
		times(() -> resource.addAttributes(KeyValue.newBuilder()
			.setKey("array " + text())
			.setValue(AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value())))));
		return resource.addAttributes(attribute());
	}

	private InstrumentationScope.Builder scope() {
		return InstrumentationScope.newBuilder().setName(text()).setVersion("1").addAttributes(attribute());
	}

	private KeyValue.Builder attribute() {
		return KeyValue.newBuilder().setKey(text()).setValue(value());
	}

	private AnyValue.Builder value() {
		return this.random.nextBoolean() ? AnyValue.newBuilder().setStringValue(text())
				: AnyValue.newBuilder().setIntValue(this.random.nextLong());
	}

	private long time() {
		Instant time = switch (this.random.nextInt(12)) {
			case 0 -> Instant.EPOCH;
			case 1 -> NOW.minus(Duration.ofDays(15));
			case 2 -> NOW.plus(Duration.ofHours(3));
			case 3, 4 -> NOW.minus(Duration.ofHours(this.random.nextInt(13 * 24)));
			default -> NOW.minus(Duration.ofSeconds(this.random.nextInt(60)));
		};
		return Duration.between(Instant.EPOCH, time).toNanos();
	}

	private UnknownFieldSet unknown() {
		UnknownFieldSet.Builder unknown = UnknownFieldSet.newBuilder();
		times(() -> unknown.mergeVarintField(200 + this.random.nextInt(3), this.random.nextInt(1000)));
		return unknown.build();
	}

	private String text() {
		return "é".repeat(this.random.nextInt(100));
	}

	private void times(Runnable action) {
		for (int i = this.random.nextInt(5); i > 0; i--) {
			action.run();
		}
	}

}
