package io.github.adotspring.autoconfigure.otlp;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

import com.google.protobuf.ByteString;
import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OtlpItems}, against the count of the decoded message.
 */
final class OtlpItemsTests {

	private final Random random = new Random(42);

	@Test
	void countsTheSpansOfAnyMessage() {
		for (int i = 0; i < 300; i++) {
			ExportTraceServiceRequest message = traces();
			int expected = message.getResourceSpansList()
				.stream()
				.flatMap((resource) -> resource.getScopeSpansList().stream())
				.mapToInt(ScopeSpans::getSpansCount)
				.sum();
			assertThat(OtlpItems.count(Signal.TRACES, message.toByteArray())).isEqualTo(expected);
		}
	}

	@Test
	void countsTheLogRecordsOfAnyMessage() {
		for (int i = 0; i < 300; i++) {
			ExportLogsServiceRequest message = logs();
			int expected = message.getResourceLogsList()
				.stream()
				.flatMap((resource) -> resource.getScopeLogsList().stream())
				.mapToInt(ScopeLogs::getLogRecordsCount)
				.sum();
			assertThat(OtlpItems.count(Signal.LOGS, message.toByteArray())).isEqualTo(expected);
		}
	}

	@Test
	void countsTheDataPointsOfAnyMessage() {
		for (int i = 0; i < 300; i++) {
			ExportMetricsServiceRequest message = metrics();
			int expected = message.getResourceMetricsList()
				.stream()
				.flatMap((resource) -> resource.getScopeMetricsList().stream())
				.flatMap((scope) -> scope.getMetricsList().stream())
				.mapToInt(OtlpItemsTests::dataPoints)
				.sum();
			assertThat(OtlpItems.count(Signal.METRICS, message.toByteArray())).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@EnumSource
	void countsNothingInAnEmptyMessage(Signal signal) {
		assertThat(OtlpItems.count(signal, new byte[0])).isZero();
	}

	@Test
	void refusesAMessageThatIsCutOff() {
		byte[] message = ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.addScopeSpans(ScopeSpans.newBuilder()
					.addSpans(Span.newBuilder().setName("span 1"))
					.addSpans(Span.newBuilder().setName("span 2"))))
			.build()
			.toByteArray();
		for (int length = 1; length < message.length; length++) {
			byte[] cut = Arrays.copyOf(message, length);
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> OtlpItems.count(Signal.TRACES, cut))
				.withMessage("Not an OTLP message");
		}
	}

	@Test
	void neverFailsInAnotherWayOnWhatIsNoMessage() {
		for (int i = 0; i < 5_000; i++) {
			byte[] garbage = new byte[this.random.nextInt(64)];
			this.random.nextBytes(garbage);
			for (Signal signal : Signal.values()) {
				try {
					assertThat(OtlpItems.count(signal, garbage)).isNotNegative();
				}
				catch (UncheckedIOException ex) {
					assertThat(ex).hasMessage("Not an OTLP message");
				}
			}
		}
	}

	private ExportTraceServiceRequest traces() {
		ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
		times(() -> {
			ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource()).setSchemaUrl(text());
			times(() -> {
				ScopeSpans.Builder scope = ScopeSpans.newBuilder().setSchemaUrl(text());
				times(() -> scope.addSpans(Span.newBuilder()
					.setName(text())
					.setSpanId(ByteString.copyFrom(new byte[8]))
					.addAttributes(attribute())
					.addEvents(Span.Event.newBuilder().setName(text()).addAttributes(attribute()))
					.addLinks(Span.Link.newBuilder().addAttributes(attribute()))));
				resource.addScopeSpans(scope);
			});
			message.addResourceSpans(resource);
		});
		return message.build();
	}

	private ExportLogsServiceRequest logs() {
		ExportLogsServiceRequest.Builder message = ExportLogsServiceRequest.newBuilder();
		times(() -> {
			ResourceLogs.Builder resource = ResourceLogs.newBuilder().setResource(resource());
			times(() -> {
				ScopeLogs.Builder scope = ScopeLogs.newBuilder();
				times(() -> scope.addLogRecords(LogRecord.newBuilder()
					.setBody(AnyValue.newBuilder().setStringValue(text()))
					.addAttributes(attribute())));
				resource.addScopeLogs(scope);
			});
			message.addResourceLogs(resource);
		});
		return message.build();
	}

	private ExportMetricsServiceRequest metrics() {
		ExportMetricsServiceRequest.Builder message = ExportMetricsServiceRequest.newBuilder();
		times(() -> {
			ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setResource(resource());
			times(() -> {
				ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
				times(() -> scope.addMetrics(metric()));
				resource.addScopeMetrics(scope);
			});
			message.addResourceMetrics(resource);
		});
		return message.build();
	}

	private Metric.Builder metric() {
		Metric.Builder metric = Metric.newBuilder().setName(text()).setDescription(text()).addMetadata(attribute());
		switch (this.random.nextInt(6)) {
			case 0 -> times(() -> metric.setGauge(Gauge.newBuilder(metric.getGauge()).addDataPoints(number())));
			case 1 -> times(
					() -> metric.setSum(Sum.newBuilder(metric.getSum()).addDataPoints(number()).setIsMonotonic(true)));
			case 2 -> times(() -> metric.setHistogram(Histogram.newBuilder(metric.getHistogram())
				.addDataPoints(HistogramDataPoint.newBuilder().addBucketCounts(3).addExplicitBounds(1.5))));
			case 3 -> times(() -> metric
				.setExponentialHistogram(ExponentialHistogram.newBuilder(metric.getExponentialHistogram())
					.addDataPoints(ExponentialHistogramDataPoint.newBuilder().setScale(3).addAttributes(attribute()))));
			case 4 -> times(() -> metric.setSummary(Summary.newBuilder(metric.getSummary())
				.addDataPoints(SummaryDataPoint.newBuilder()
					.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setValue(1)))));
			default -> metric.setUnit("s");
		}
		return metric;
	}

	private static int dataPoints(Metric metric) {
		return metric.getGauge().getDataPointsCount() + metric.getSum().getDataPointsCount()
				+ metric.getHistogram().getDataPointsCount() + metric.getExponentialHistogram().getDataPointsCount()
				+ metric.getSummary().getDataPointsCount();
	}

	private NumberDataPoint.Builder number() {
		return NumberDataPoint.newBuilder().setAsDouble(this.random.nextDouble()).addAttributes(attribute());
	}

	private Resource.Builder resource() {
		return Resource.newBuilder().addAttributes(attribute());
	}

	private KeyValue.Builder attribute() {
		return KeyValue.newBuilder().setKey(text()).setValue(AnyValue.newBuilder().setStringValue(text()));
	}

	private String text() {
		return "x".repeat(this.random.nextInt(200));
	}

	private void times(Runnable action) {
		for (int i = this.random.nextInt(4); i > 0; i--) {
			action.run();
		}
	}

}
