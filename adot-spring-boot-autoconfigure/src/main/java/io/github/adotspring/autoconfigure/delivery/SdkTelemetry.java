package io.github.adotspring.autoconfigure.delivery;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK measures of itself, above all the queues of its batch processors. It is
 * collected when somebody asks, at most once a second while the SDK runs, and stays
 * readable after its shutdown.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/">Semantic
 * conventions for metrics of the SDK</a>
 */
public final class SdkTelemetry {

	static final String TRACES_SCOPE = "io.opentelemetry.sdk.trace";

	static final String LOGS_SCOPE = "io.opentelemetry.sdk.logs";

	/** Names that the SDK used before there were conventions, and may be told to use. */
	static final String LEGACY_SPANS = "processedSpans";

	static final String LEGACY_LOGS = "processedLogs";

	static final String LEGACY_QUEUE_SIZE = "queueSize";

	/** Everything that is read in one scrape comes from one collection. */
	private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

	private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

	private static final AttributeKey<Boolean> LEGACY_DROPPED = AttributeKey.booleanKey("dropped");

	private final LongSupplier nanoTime;

	private final SdkMetricReader reader = new SdkMetricReader();

	private final AtomicBoolean collecting = new AtomicBoolean();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private volatile @Nullable Collected last;

	SdkTelemetry(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Have the SDK that is being made read.
	 */
	SdkMeterProviderBuilder register(SdkMeterProviderBuilder builder, ConfigProperties config) {
		return this.reader.register(builder, config);
	}

	/**
	 * Items that were lost because the queue of a batch processor was full.
	 * @param signal the signal; metrics have no queue
	 * @return the number of items since the SDK was made
	 */
	public long queueDrops(Signal signal) {
		return switch (signal) {
			case TRACES -> queueDrops(TRACES_SCOPE, "otel.sdk.processor.span.processed", LEGACY_SPANS);
			case LOGS -> queueDrops(LOGS_SCOPE, "otel.sdk.processor.log.processed", LEGACY_LOGS);
			case METRICS -> 0;
		};
	}

	/**
	 * Items that wait in the queues of the batch processors.
	 * @param signal the signal; metrics have no queue
	 * @return the number of items, 0 before the first item
	 */
	public long queueSize(Signal signal) {
		return switch (signal) {
			case TRACES -> queueSize(TRACES_SCOPE, "otel.sdk.processor.span.queue.size");
			case LOGS -> queueSize(LOGS_SCOPE, "otel.sdk.processor.log.queue.size");
			case METRICS -> 0;
		};
	}

	/**
	 * Items for which there is room in the queues of the batch processors.
	 * @param signal the signal; metrics have no queue
	 * @return the number of items, 0 before the first item and if
	 * otel.experimental.sdk.telemetry.version is {@code legacy}, which does not tell
	 */
	public long queueCapacity(Signal signal) {
		return switch (signal) {
			case TRACES -> total(TRACES_SCOPE, "otel.sdk.processor.span.queue.capacity", (attributes) -> true);
			case LOGS -> total(LOGS_SCOPE, "otel.sdk.processor.log.queue.capacity", (attributes) -> true);
			case METRICS -> 0;
		};
	}

	/**
	 * Everything that the SDK measures of itself, cumulative. While a collection is under
	 * way others see the one before.
	 * @return metrics that do not change, the same object until the next collection
	 */
	public Collection<MetricData> collect() {
		Collected before = this.last;
		long now = this.nanoTime.getAsLong();
		if (before != null && now - before.time() < MAX_AGE && !this.reader.isShutdown()) {
			return before.metrics();
		}
		// Not a lock: the SDK locks while it asks the application's instruments, and one
		// of those may lead here.
		if (!this.collecting.compareAndSet(false, true)) {
			return (before != null) ? before.metrics() : List.of();
		}
		try {
			Collected collected = new Collected(now,
					this.reader.collect().stream().filter(SdkTelemetry::isOfTheSdk).toList());
			this.last = collected;
			return collected.metrics();
		}
		finally {
			this.collecting.set(false);
			this.listeners.forEach(Runnable::run);
		}
	}

	/**
	 * Tell of each collection, on the thread that asked for it. There is one after each
	 * request of a signal with a queue.
	 * @param listener what to run; it must not block or throw
	 */
	public void whenCollected(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * A view of the application may have let instruments of its own through.
	 */
	private static boolean isOfTheSdk(MetricData metric) {
		String scope = metric.getInstrumentationScopeInfo().getName();
		return scope.startsWith("io.opentelemetry.sdk.") || scope.startsWith("io.opentelemetry.exporters.");
	}

	private long queueDrops(String scope, String name, String legacyName) {
		return total(scope, name, (attributes) -> "queue_full".equals(attributes.get(ERROR_TYPE)))
				+ total(scope, legacyName, (attributes) -> Boolean.TRUE.equals(attributes.get(LEGACY_DROPPED)));
	}

	private long queueSize(String scope, String name) {
		return total(scope, name, (attributes) -> true) + total(scope, LEGACY_QUEUE_SIZE, (attributes) -> true);
	}

	/**
	 * A view of the application can make a second metric of one instrument, so metrics of
	 * one name are not added up.
	 */
	private long total(String scope, String name, Predicate<Attributes> counted) {
		return collect().stream()
			.filter((metric) -> metric.getName().equals(name)
					&& metric.getInstrumentationScopeInfo().getName().equals(scope))
			.mapToLong((metric) -> total(metric, counted))
			.max()
			.orElse(0);
	}

	private static long total(MetricData metric, Predicate<Attributes> counted) {
		return metric.getData()
			.getPoints()
			.stream()
			.filter((point) -> counted.test(point.getAttributes()))
			.mapToLong((point) -> (point instanceof LongPointData value) ? value.getValue() : 0)
			.sum();
	}

	/**
	 * A collection.
	 *
	 * @param time when it was, in nanoseconds of the clock
	 * @param metrics what it brought
	 */
	private record Collected(long time, Collection<MetricData> metrics) {

	}

}
