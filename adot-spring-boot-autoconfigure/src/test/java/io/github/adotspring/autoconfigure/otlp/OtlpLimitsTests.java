package io.github.adotspring.autoconfigure.otlp;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OtlpLimits}: each limit of each destination lets through what just
 * fits, and nothing more.
 */
final class OtlpLimitsTests {

	private static final Clock CLOCK = Clock.fixed(RandomMessages.NOW, ZoneOffset.UTC);

	private static final long NOW = Duration.ofSeconds(RandomMessages.NOW.getEpochSecond()).toNanos();

	private static final InstrumentationScope SCOPE = InstrumentationScope.newBuilder().setName("scope").build();

	@ParameterizedTest
	@CsvSource({ "204800, true", "204801, false" })
	void spansUpTo200Kilobytes(int bytes, boolean fits) {
		Span span = pad(bytes, (name) -> Span.newBuilder().setName(name).build());
		Split split = xray(traces(Resource.getDefaultInstance(), span, Span.newBuilder().setName("small").build()));
		assertThat(items(split)).isEqualTo(fits ? 2 : 1);
		if (!fits) {
			assertThat(split.dropped()).containsExactly(new Dropped(Reason.TOO_LARGE, 1,
					"span '" + "x".repeat(100) + "...': 204801 bytes, 204800 are allowed"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "16384, true", "16385, false" })
	void resourceAndScopeOfSpansUpTo16Kilobytes(int bytes, boolean fits) {
		Resource resource = pad(bytes - SCOPE.getSerializedSize(), OtlpLimitsTests::resource);
		Split split = xray(traces(resource, Span.newBuilder().setName("one").build(), Span.getDefaultInstance()));
		assertThat(items(split)).isEqualTo(fits ? 2 : 0);
		if (!fits) {
			assertThat(split.parts()).isEmpty();
			assertThat(split.dropped()).containsExactly(new Dropped(Reason.TOO_LARGE, 2,
					"span 'one': 16385 bytes of resource and scope, 16384 are allowed"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "16384, true", "16385, false" })
	void resourceAndScopeOfLogRecordsUpTo16Kilobytes(int bytes, boolean fits) {
		Resource resource = pad(bytes - SCOPE.getSerializedSize(), OtlpLimitsTests::resource);
		Split split = cloudWatchLogs(logs(resource, LogRecord.getDefaultInstance()));
		assertThat(items(split)).isEqualTo(fits ? 1 : 0);
	}

	@ParameterizedTest
	@CsvSource({ "5242880, 1", "5242881, 2" })
	void requestsOfSpansUpTo5Megabytes(int bytes, int parts) {
		Span[] spans = new Span[27];
		Arrays.fill(spans, Span.newBuilder().setName("x".repeat(200_000)).build());
		ExportTraceServiceRequest message = pad(bytes, (name) -> {
			spans[26] = Span.newBuilder().setName(name).build();
			return traces(Resource.getDefaultInstance(), spans);
		});
		assertParts(xray(message), parts, 27);
	}

	@ParameterizedTest
	@CsvSource({ "10000, 1", "10001, 2" })
	void requestsUpTo10000Spans(int items, int parts) {
		Span[] spans = new Span[items];
		Arrays.fill(spans, Span.getDefaultInstance());
		assertParts(xray(traces(Resource.getDefaultInstance(), spans)), parts, items);
	}

	@ParameterizedTest
	@CsvSource({ "1048576, 1", "1048577, 2" })
	void requestsOfLogRecordsUpTo1MegabyteWith26BytesEach(int bytes, int parts) {
		ExportLogsServiceRequest message = pad(bytes - 2 * 26, (text) -> logs(Resource.getDefaultInstance(),
				LogRecord.newBuilder().setSeverityText(text).build(), LogRecord.getDefaultInstance()));
		assertParts(cloudWatchLogs(message), parts, 2);
	}

	@ParameterizedTest
	@CsvSource({ "1048576, true", "1048577, false" })
	void logRecordsThatFitIntoARequestOfTheirOwn(int bytes, boolean fits) {
		LogRecord large = pad(bytes - 26,
				(text) -> logs(Resource.getDefaultInstance(), LogRecord.newBuilder().setSeverityText(text).build()))
			.getResourceLogs(0)
			.getScopeLogs(0)
			.getLogRecords(0);
		Split split = cloudWatchLogs(logs(Resource.getDefaultInstance(), LogRecord.getDefaultInstance(), large));
		assertThat(items(split)).isEqualTo(fits ? 2 : 1);
		if (!fits) {
			assertThat(split.dropped()).containsExactly(new Dropped(Reason.TOO_LARGE, 1,
					"log record of logger 'scope': 1048577 bytes in a request of its own, 1048576 are allowed"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1048576, true", "1048577, false" })
	void recordsWithResourceAndScopeUpToTheSizeOfAnEvent(int bytes, boolean fits) {
		LogRecord log = pad(bytes - SCOPE.getSerializedSize(),
				(text) -> LogRecord.newBuilder().setSeverityText(text).build());
		OtlpLimits aws = OtlpLimits.cloudWatchLogs();
		OtlpLimits limits = new OtlpLimits(20 * aws.requestBytes(), aws.items(), aws.overheadBytes(), aws.itemBytes(),
				aws.contextBytes(), aws.eventBytes(), aws.largeBytes(), false, aws.times(), null);
		Split split = split(Signal.LOGS, limits, logs(Resource.getDefaultInstance(), log));
		assertThat(items(split)).isEqualTo(fits ? 1 : 0);
	}

	@ParameterizedTest
	@CsvSource({ "10000, 1", "10001, 2" })
	void requestsUpTo10000LogRecords(int items, int parts) {
		LogRecord[] logs = new LogRecord[items];
		Arrays.fill(logs, LogRecord.getDefaultInstance());
		assertParts(cloudWatchLogs(logs(Resource.getDefaultInstance(), logs)), parts, items);
	}

	@ParameterizedTest
	@CsvSource({ "1048576, 1", "1048577, 2" })
	void requestsOfDataPointsUpTo1Megabyte(int bytes, int parts) {
		Metric.Builder one = gauge(NumberDataPoint.getDefaultInstance()).setDescription("x".repeat(700_000));
		ExportMetricsServiceRequest message = pad(bytes, (text) -> metrics(Resource.getDefaultInstance(), one,
				gauge(NumberDataPoint.getDefaultInstance()).setDescription(text)));
		assertParts(cloudWatchMetrics(message), parts, 2);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1", "1001, 2" })
	void requestsUpTo1000DataPointsOfAllMetrics(int items, int parts) {
		NumberDataPoint[] points = new NumberDataPoint[items - 1];
		Arrays.fill(points, NumberDataPoint.getDefaultInstance());
		assertParts(cloudWatchMetrics(
				metrics(Resource.getDefaultInstance(), gauge(NumberDataPoint.getDefaultInstance()), gauge(points))),
				parts, items);
	}

	@ParameterizedTest
	@EnumSource
	void itemsOf24HoursInARequest(Signal signal) {
		long day = Duration.ofHours(24).toNanos();
		assertParts(split(signal, aws(signal), at(signal, NOW - day, NOW)), 1, 2);
		assertParts(split(signal, aws(signal), at(signal, NOW - day - 1, NOW)), 2, 2);
	}

	@ParameterizedTest
	@EnumSource
	void itemsOfTheLast14Days(Signal signal) {
		long oldest = NOW - Duration.ofDays(14).toNanos();
		assertParts(split(signal, aws(signal), at(signal, oldest)), 1, 1);
		assertThat(split(signal, aws(signal), at(signal, oldest - 1, NOW))).satisfies((split) -> {
			assertThat(items(split)).isEqualTo(1);
			assertThat(split.dropped()).singleElement().satisfies((dropped) -> {
				assertThat(dropped.reason()).isEqualTo(Reason.TOO_OLD);
				assertThat(dropped.reason().key()).isEqualTo("too_old");
				assertThat(dropped.description())
					.endsWith(": of 2026-11-08T11:59:59.999999999Z, more than 336 hours ago");
			});
		});
	}

	@ParameterizedTest
	@EnumSource
	void itemsUpTo2HoursAhead(Signal signal) {
		long newest = NOW + Duration.ofHours(2).toNanos();
		assertParts(split(signal, aws(signal), at(signal, newest)), 1, 1);
		for (long time : new long[] { newest + 1, -1 }) {
			assertThat(split(signal, aws(signal), at(signal, time)).dropped()).singleElement()
				.satisfies((dropped) -> assertThat(dropped.reason()).isEqualTo(Reason.TOO_NEW));
		}
	}

	@ParameterizedTest
	@CsvSource({ "150, true", "151, false" })
	void dataPointsWith150AttributesOfAllKinds(int attributes, boolean fits) {
		Resource resource = Resource.newBuilder().addAttributes(attribute("r", "")).build();
		InstrumentationScope scope = InstrumentationScope.newBuilder().addAttributes(attribute("s", "")).build();
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder();
		IntStream.range(0, attributes - 2).forEach((i) -> point.addAttributes(attribute("p" + i, "")));
		Split split = cloudWatchMetrics(
				metrics(resource, scope, gauge(point.build(), NumberDataPoint.getDefaultInstance()).setName("jvm")));
		assertThat(items(split)).isEqualTo(fits ? 2 : 1);
		if (!fits) {
			assertThat(split.dropped()).containsExactly(new Dropped(Reason.TOO_MANY_ATTRIBUTES, 1,
					"data point of metric 'jvm': 151 attributes with resource and scope, 150 are allowed"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "40960, true", "40961, false" })
	void dataPointsWith40KilobytesOfAttributes(int bytes, boolean fits) {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder();
		IntStream.range(0, 39).forEach((i) -> point.addAttributes(attribute("k", "v".repeat(1_023))));
		Resource resource = Resource.newBuilder().addAttributes(attribute("r", "v".repeat(500))).build();
		point.addAttributes(attribute("k", "v".repeat(bytes - 39 * 1_024 - 501 - 1)));
		assertThat(items(cloudWatchMetrics(metrics(resource, gauge(point.build()))))).isEqualTo(fits ? 1 : 0);
	}

	@ParameterizedTest
	@CsvSource({ "1024, true", "1025, false" })
	void attributesOfAnyPointOf1024Characters(int chars, boolean fits) {
		KeyValue attribute = attribute("key", "é".repeat(chars));
		for (Metric.Builder metric : List.of(gauge(NumberDataPoint.newBuilder().addAttributes(attribute).build()),
				Metric.newBuilder()
					.setSum(Sum.newBuilder().addDataPoints(NumberDataPoint.newBuilder().addAttributes(attribute))),
				Metric.newBuilder()
					.setHistogram(Histogram.newBuilder()
						.addDataPoints(HistogramDataPoint.newBuilder().addAttributes(attribute))),
				Metric.newBuilder()
					.setExponentialHistogram(ExponentialHistogram.newBuilder()
						.addDataPoints(ExponentialHistogramDataPoint.newBuilder().addAttributes(attribute))),
				Metric.newBuilder()
					.setSummary(Summary.newBuilder()
						.addDataPoints(SummaryDataPoint.newBuilder().addAttributes(attribute))))) {
			Split split = cloudWatchMetrics(metrics(Resource.getDefaultInstance(), metric.setName("jvm")));
			assertThat(items(split)).isEqualTo(fits ? 1 : 0);
			if (!fits) {
				assertThat(split.dropped()).containsExactly(new Dropped(Reason.ATTRIBUTES_TOO_LONG, 1,
						"data point of metric 'jvm': 1025 characters in an attribute, 1024 are allowed"));
			}
		}
	}

	@Test
	void resourceAttributesThatCannotBeLabelsAreTakenOutOfMetrics() throws InvalidProtocolBufferException {
		KeyValue array = KeyValue.newBuilder()
			.setKey("process.command_args\n")
			.setValue(AnyValue.newBuilder().setArrayValue(ArrayValue.getDefaultInstance()))
			.build();
		KeyValue tooLong = attribute("process.command_line", "x".repeat(1_025));
		Resource kept = Resource.newBuilder()
			.addAttributes(attribute("service.name", "orders"))
			.addAttributes(attribute("long", "x".repeat(1_024)))
			.setDroppedAttributesCount(3)
			.build();
		Resource resource = kept.toBuilder().addAttributes(1, array).addAttributes(0, tooLong).build();
		ExportMetricsServiceRequest message = metrics(resource, gauge(NumberDataPoint.getDefaultInstance()));
		Split split = cloudWatchMetrics(message);
		assertThat(split.dropped()).isEmpty();
		assertThat(split.removedAttributes()).containsExactly("process.command_line", "process.command_args");
		assertThat(ExportMetricsServiceRequest.parseFrom(split.parts().get(0).message()))
			.isEqualTo(metrics(kept, gauge(NumberDataPoint.getDefaultInstance())));
		assertThat(split(Signal.METRICS, OtlpLimits.unlimited(), message).parts().get(0).message())
			.isEqualTo(message.toByteArray());
	}

	@Test
	void namesAreOneLineAndNotTooLong() {
		Span span = pad(204_801, (name) -> Span.newBuilder().setName("a\r\nb\u2028\u202e" + name).build());
		assertThat(xray(traces(Resource.getDefaultInstance(), span)).dropped().get(0).description())
			.startsWith("span 'a b x")
			.matches("\\P{Cntrl}{0,200}");
	}

	private static Split xray(ExportTraceServiceRequest message) {
		return split(Signal.TRACES, OtlpLimits.xray(), message);
	}

	private static Split cloudWatchLogs(ExportLogsServiceRequest message) {
		return split(Signal.LOGS, OtlpLimits.cloudWatchLogs(), message);
	}

	private static Split cloudWatchMetrics(ExportMetricsServiceRequest message) {
		return split(Signal.METRICS, OtlpLimits.cloudWatchMetrics(), message);
	}

	private static OtlpLimits aws(Signal signal) {
		return switch (signal) {
			case TRACES -> OtlpLimits.xray();
			case METRICS -> OtlpLimits.cloudWatchMetrics();
			case LOGS -> OtlpLimits.cloudWatchLogs();
		};
	}

	private static Split split(Signal signal, OtlpLimits limits, Message message) {
		return new OtlpSplitter(signal, limits, CLOCK).split(message.toByteArray());
	}

	private static void assertParts(Split split, int parts, int items) {
		assertThat(split.dropped()).isEmpty();
		assertThat(split.parts()).hasSize(parts);
		assertThat(items(split)).isEqualTo(items);
	}

	private static int items(Split split) {
		return split.parts().stream().mapToInt(Part::items).sum();
	}

	/**
	 * A message of exactly so many bytes, made with a text of the right length.
	 */
	private static <M extends Message> M pad(int bytes, Function<String, M> message) {
		int length = bytes - message.apply("").getSerializedSize();
		M padded = message.apply("x".repeat(length));
		while (padded.getSerializedSize() != bytes) {
			length -= padded.getSerializedSize() - bytes;
			padded = message.apply("x".repeat(length));
		}
		return padded;
	}

	private static Message at(Signal signal, long... times) {
		LongStream all = LongStream.of(times);
		Resource none = Resource.getDefaultInstance();
		return switch (signal) {
			case TRACES -> traces(none,
					all.mapToObj((time) -> Span.newBuilder().setEndTimeUnixNano(time).build()).toArray(Span[]::new));
			case METRICS ->
				metrics(none, gauge(all.mapToObj((time) -> NumberDataPoint.newBuilder().setTimeUnixNano(time).build())
					.toArray(NumberDataPoint[]::new)));
			case LOGS -> logs(none, all.mapToObj((time) -> LogRecord.newBuilder().setObservedTimeUnixNano(time).build())
				.toArray(LogRecord[]::new));
		};
	}

	private static ExportTraceServiceRequest traces(Resource resource, Span... spans) {
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(resource)
				.addScopeSpans(ScopeSpans.newBuilder().setScope(SCOPE).addAllSpans(List.of(spans))))
			.build();
	}

	private static ExportLogsServiceRequest logs(Resource resource, LogRecord... logs) {
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(ResourceLogs.newBuilder()
				.setResource(resource)
				.addScopeLogs(ScopeLogs.newBuilder().setScope(SCOPE).addAllLogRecords(List.of(logs))))
			.build();
	}

	private static ExportMetricsServiceRequest metrics(Resource resource, Metric.Builder... metrics) {
		return metrics(resource, SCOPE, metrics);
	}

	private static ExportMetricsServiceRequest metrics(Resource resource, InstrumentationScope scope,
			Metric.Builder... metrics) {
		ScopeMetrics.Builder inScope = ScopeMetrics.newBuilder().setScope(scope);
		Stream.of(metrics).forEach(inScope::addMetrics);
		return ExportMetricsServiceRequest.newBuilder()
			.addResourceMetrics(ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(inScope))
			.build();
	}

	private static Metric.Builder gauge(NumberDataPoint... points) {
		return Metric.newBuilder().setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)));
	}

	private static Resource resource(String text) {
		return Resource.newBuilder().addAttributes(attribute("key", text)).build();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

}
