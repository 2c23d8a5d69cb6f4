package io.github.adotspring.autoconfigure.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;

/**
 * The meters of one registry for what the SDK measures of itself. The SDK makes a series
 * when there is something to measure, so each request that is delivered and each reading
 * of a meter brings the meters up to date; the number of series is a meter too, to have
 * one from the start.
 */
final class SdkMeters {

	/** An SDK with a batch processor and an exporter for each signal has about 30. */
	static final int MAX_SERIES = 256;

	private static final String PREFIX = "otel.sdk.";

	private final SdkTelemetry telemetry;

	private final MeterRegistry registry;

	private final Map<Id, SdkSeries> series = new ConcurrentHashMap<>();

	private final AtomicBoolean refreshing = new AtomicBoolean();

	private volatile Collection<MetricData> shown = List.of();

	SdkMeters(SdkTelemetry telemetry, MeterRegistry registry) {
		this.telemetry = telemetry;
		this.registry = registry;
	}

	void register() {
		Gauge.builder("adot.sdk.series", this, SdkMeters::size)
			.description(
					"Series of the OpenTelemetry SDK's own metrics that are shown as meters, at most " + MAX_SERIES)
			.register(this.registry);
		refresh();
		this.telemetry.whenCollected(this::refreshAside);
	}

	/**
	 * A delivery must not fail for a meter that can't be registered. Who reads the meters
	 * is told.
	 */
	private void refreshAside() {
		try {
			refresh();
		}
		catch (RuntimeException ex) {
			this.shown = List.of();
		}
	}

	/**
	 * Show the latest values, and new series as meters. A registry may ask a new meter
	 * for its value at once, so whoever comes while this is under way sees what there is.
	 */
	void refresh() {
		if (!this.refreshing.compareAndSet(false, true)) {
			return;
		}
		try {
			Collection<MetricData> metrics = this.telemetry.collect();
			if (metrics != this.shown) {
				this.shown = metrics;
				metrics.stream().filter((metric) -> metric.getName().startsWith(PREFIX)).forEach(this::show);
			}
		}
		finally {
			this.refreshing.set(false);
		}
	}

	private void show(MetricData metric) {
		metric.getData().getPoints().forEach((point) -> show(metric, point));
	}

	private void show(MetricData metric, PointData point) {
		Id id = new Id(metric.getName(), point.getAttributes());
		SdkSeries known = this.series.get(id);
		if (known != null) {
			known.update(point);
		}
		else if (this.series.size() < MAX_SERIES) {
			SdkSeries added = new SdkSeries(this, point);
			this.series.put(id, added);
			added.register(metric, this.registry);
		}
	}

	private int size() {
		refresh();
		return this.series.size();
	}

	/**
	 * What tells one series from the others.
	 *
	 * @param name name of the metric
	 * @param attributes attributes of its point
	 */
	private record Id(String name, Attributes attributes) {

	}

}
