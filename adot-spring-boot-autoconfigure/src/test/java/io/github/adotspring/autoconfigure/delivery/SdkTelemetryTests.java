package io.github.adotspring.autoconfigure.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.testing.LogLines;
import io.github.adotspring.autoconfigure.testing.ManualClock;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.time.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SdkTelemetry}, {@link SdkMetricReader} and {@link QueueWatch}.
 */
@Timeout(60)
final class SdkTelemetryTests {

	private static final Map<String, String> BASE2 = Map.of("otel.exporter.otlp.metrics.default.histogram.aggregation",
			"BASE2_EXPONENTIAL_BUCKET_HISTOGRAM");

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	private final SdkTelemetry telemetry = new SdkTelemetry(this.nanoTime::get);

	@ParameterizedTest
	@CsvSource({ "TRACES, LATEST, 8", "LOGS, LATEST, 8", "TRACES, LEGACY, 0", "LOGS, LEGACY, 0" })
	void countsWhatDoesNotFitIntoTheQueue(Signal signal, InternalTelemetryVersion version, long capacity)
			throws Exception {
		try (StalledSdk sdk = new StalledSdk(register(SdkMeterProvider.builder()).build(), version)) {
			sdk.overflow(signal, 5);
			for (Signal each : Signal.values()) {
				boolean overflown = each == signal;
				assertThat(this.telemetry.queueDrops(each)).isEqualTo(overflown ? 5 : 0);
				assertThat(this.telemetry.queueSize(each)).isEqualTo(overflown ? 8 : 0);
				assertThat(this.telemetry.queueCapacity(each)).isEqualTo(overflown ? capacity : 0);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TRACES", "LOGS" })
	void staysReadableAfterTheSdk(Signal signal) throws Exception {
		StalledSdk sdk = new StalledSdk(register(SdkMeterProvider.builder()).build(), InternalTelemetryVersion.LATEST);
		try (sdk) {
			sdk.overflow(signal, 2);
			assertThat(this.telemetry.queueDrops(signal)).isEqualTo(2);
			sdk.make(signal, 1);
		}
		assertThat(this.telemetry.queueDrops(signal)).isEqualTo(3);
		assertThat(this.telemetry.queueSize(signal)).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void knowsNothingWithoutAnSdk(Signal signal) {
		assertThat(this.telemetry.queueDrops(signal)).isZero();
		assertThat(this.telemetry.queueSize(signal)).isZero();
		assertThat(this.telemetry.queueCapacity(signal)).isZero();
		assertThat(this.telemetry.collect()).isEmpty();
	}

	@Test
	void collectsAtMostOnceASecond() throws Exception {
		try (StalledSdk sdk = new StalledSdk(register(SdkMeterProvider.builder()).build(),
				InternalTelemetryVersion.LATEST)) {
			sdk.overflow(Signal.TRACES, 1);
			Collection<MetricData> collected = this.telemetry.collect();
			sdk.make(Signal.TRACES, 1);
			this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
			assertThat(this.telemetry.collect()).isSameAs(collected);
			assertThat(this.telemetry.queueDrops(Signal.TRACES)).isEqualTo(1);
			this.nanoTime.addAndGet(1);
			assertThat(this.telemetry.queueDrops(Signal.TRACES)).isEqualTo(2);
		}
	}

	@Test
	void neitherStoresNorAsksInstrumentsOfTheApplication() {
		AtomicInteger asked = new AtomicInteger();
		SdkMeterProvider provider = register(SdkMeterProvider.builder()).build();
		useInstruments(provider.get("shop"), "shop.", asked);
		assertThat(this.telemetry.collect()).isEmpty();
		assertThat(asked).hasValue(0);
		useInstruments(provider.get("io.opentelemetry.sdk.trace"), "otel.sdk.", asked);
		expire();
		assertThat(this.telemetry.collect()).extracting(MetricData::getName)
			.containsExactlyInAnyOrder("otel.sdk.counter", "otel.sdk.updown", "otel.sdk.gauge", "otel.sdk.histogram",
					"otel.sdk.advised", "otel.sdk.observed");
		assertThat(asked).hasValue(1);
	}

	@Test
	void showsNoInstrumentsThatAViewOfTheApplicationLetsThrough() {
		SdkMeterProvider provider = register(SdkMeterProvider.builder().registerView(all(), View.builder().build()))
			.build();
		useInstruments(provider.get("shop"), "shop.", new AtomicInteger());
		assertThat(this.telemetry.collect()).isEmpty();
	}

	@Test
	void changesNothingForReadersOfTheApplication() {
		List<MetricData> alone = collected(InMemoryMetricReader.create(), SdkMeterProvider.builder());
		assertThat(collected(InMemoryMetricReader.create(), register(SdkMeterProvider.builder())))
			.containsExactlyInAnyOrderElementsOf(alone);
		assertThat(alone).hasSize(12);
	}

	@Test
	void keepsToTheHistogramsThatTheUserWantsExported() {
		List<MetricData> alone = collected(base2Reader(), SdkMeterProvider.builder());
		SdkMeterProviderBuilder both = this.telemetry.register(SdkMeterProvider.builder(),
				DefaultConfigProperties.createFromMap(BASE2));
		assertThat(collected(base2Reader(), both)).containsExactlyInAnyOrderElementsOf(alone);
		assertThat(alone)
			.filteredOn((metric) -> metric.getName().endsWith(".histogram") || metric.getName().endsWith(".advised"))
			.hasSize(4)
			.allMatch((metric) -> metric.getType() == MetricDataType.EXPONENTIAL_HISTOGRAM);
	}

	@Test
	void countsOnceWhatAViewOfTheApplicationMakesTwoMetricsOf() throws Exception {
		View withoutComponent = View.builder().setAttributeFilter((key) -> !key.equals("otel.component.name")).build();
		SdkMeterProvider provider = register(SdkMeterProvider.builder().registerView(all(), withoutComponent)).build();
		try (StalledSdk sdk = new StalledSdk(provider, InternalTelemetryVersion.LATEST)) {
			sdk.overflow(Signal.TRACES, 4);
			assertThat(this.telemetry.queueDrops(Signal.TRACES)).isEqualTo(4);
			assertThat(this.telemetry.queueSize(Signal.TRACES)).isEqualTo(8);
		}
	}

	@Test
	void anInstrumentMayReadItWhileItIsRead() {
		SdkMeterProvider provider = register(SdkMeterProvider.builder()).build();
		provider.get("io.opentelemetry.sdk.trace")
			.gaugeBuilder("otel.sdk.nested")
			.ofLongs()
			.buildWithCallback((gauge) -> {
				this.nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));
				gauge.record(this.telemetry.collect().size());
			});
		assertThat(this.telemetry.collect()).singleElement()
			.satisfies((metric) -> assertThat(metric.getLongGaugeData().getPoints()).singleElement()
				.satisfies((point) -> assertThat(point.getValue()).isZero()));
	}

	@ParameterizedTest
	@CsvSource({ "TRACES, spans, bsp", "LOGS, log records, blrp" })
	void whatDoesNotFitIntoTheQueueIsInTheAccountsAndSaidOnceAMinute(Signal signal, String items, String property)
			throws Exception {
		ManualClock clock = new ManualClock(Instant.parse("2024-02-29T12:00:00Z"));
		SignalStatus status = new DeliveryStatus(clock).of(signal);
		status.queuedBy(() -> this.telemetry.queueDrops(signal));
		Ledger ledger = new Ledger(signal, status, new QuietLog(clock), Address.IN_PROCESS);
		Payload payload = new Payload(signal, new byte[0], 1, null);
		try (LogLines log = LogLines.listen();
				StalledSdk sdk = new StalledSdk(register(SdkMeterProvider.builder()).build(),
						InternalTelemetryVersion.LATEST)) {
			sdk.overflow(signal, 0);
			ledger.sent(payload, Outcome.delivered(200));
			assertThat(log.lines()).isEmpty();
			for (int i = 0; i < 3; i++) {
				sdk.make(signal, 1);
				expire();
				ledger.sent(payload, Outcome.delivered(200));
			}
			assertThat(log.lines()).containsExactly("WARN 1 " + items + " were lost (queue_full 1): "
					+ "the queue of the SDK is full, see 'otel." + property + ".max.queue.size'");
			assertThat(status.received()).isEqualTo(3);
			assertThat(status.byReason(SignalStatus.Result.DROPPED)).isEqualTo(Map.of("queue_full", 3L));
		}
	}

	private SdkMeterProviderBuilder register(SdkMeterProviderBuilder builder) {
		return this.telemetry.register(builder, DefaultConfigProperties.createFromMap(Map.of()));
	}

	private void expire() {
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
	}

	/**
	 * What a reader of the application sees of its own instruments and of the SDK's.
	 */
	private static List<MetricData> collected(InMemoryMetricReader reader, SdkMeterProviderBuilder builder) {
		SdkMeterProvider provider = builder.registerMetricReader(reader).setClock(TestClock.create()).build();
		useInstruments(provider.get("shop"), "shop.", new AtomicInteger());
		useInstruments(provider.get("io.opentelemetry.sdk.trace"), "otel.sdk.", new AtomicInteger());
		return List.copyOf(reader.collectAllMetrics());
	}

	private static InMemoryMetricReader base2Reader() {
		return InMemoryMetricReader.create((type) -> AggregationTemporality.CUMULATIVE,
				DefaultAggregationSelector.getDefault()
					.with(InstrumentType.HISTOGRAM, Aggregation.base2ExponentialBucketHistogram()));
	}

	private static InstrumentSelector all() {
		return InstrumentSelector.builder().setName("*").build();
	}

	private static void useInstruments(Meter meter, String prefix, AtomicInteger asked) {
		Attributes attributes = Attributes.of(AttributeKey.stringKey("key"), "value");
		meter.counterBuilder(prefix + "counter").setDescription("A counter").setUnit("span").build().add(3, attributes);
		meter.upDownCounterBuilder(prefix + "updown").build().add(-2, attributes);
		meter.gaugeBuilder(prefix + "gauge").build().set(1.5, attributes);
		meter.histogramBuilder(prefix + "histogram").setUnit("s").build().record(0.7, attributes);
		meter.histogramBuilder(prefix + "advised")
			.setExplicitBucketBoundariesAdvice(List.of())
			.build()
			.record(0.7, attributes);
		meter.upDownCounterBuilder(prefix + "observed").buildWithCallback((observed) -> {
			asked.incrementAndGet();
			observed.record(7, attributes);
		});
	}

}
