package io.github.adotspring.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;

/**
 * A series of the SDK and its last value. Counters that only rise are counters, durations
 * are timers without a distribution, all else are gauges. Meters have no base unit, so
 * that in Prometheus their names are those which OpenTelemetry gives them there.
 */
final class SdkSeries {

	/** Attributes that some series of a metric have and others don't. */
	private static final Map<String, List<String>> OPTIONAL_ATTRIBUTES = Map.of("processed", List.of("error.type"),
			"exported", List.of("error.type"), "duration",
			List.of("error.type", "http.response.status_code", "rpc.response.status_code"));

	private final SdkMeters meters;

	private volatile PointData point;

	SdkSeries(SdkMeters meters, PointData point) {
		this.meters = meters;
		this.point = point;
	}

	void update(PointData point) {
		this.point = point;
	}

	void register(MetricData metric, MeterRegistry registry) {
		String name = metric.getName();
		List<Tag> tags = tags(name, this.point.getAttributes());
		switch (metric.getType()) {
			case LONG_SUM, DOUBLE_SUM -> {
				if (isMonotonic(metric)) {
					FunctionCounter.builder(name, this, SdkSeries::value)
						.tags(tags)
						.description(metric.getDescription())
						.register(registry);
				}
				else {
					gauge(metric, tags, registry);
				}
			}
			case LONG_GAUGE, DOUBLE_GAUGE -> gauge(metric, tags, registry);
			case HISTOGRAM, EXPONENTIAL_HISTOGRAM ->
				FunctionTimer.builder(name, this, SdkSeries::count, SdkSeries::value, TimeUnit.SECONDS)
					.tags(tags)
					.description(metric.getDescription())
					.register(registry);
			case SUMMARY -> {
				// Only foreign metrics are summaries.
			}
		}
	}

	private void gauge(MetricData metric, List<Tag> tags, MeterRegistry registry) {
		Gauge.builder(metric.getName(), this, SdkSeries::value)
			.tags(tags)
			.description(metric.getDescription())
			.register(registry);
	}

	private static boolean isMonotonic(MetricData metric) {
		return metric.getLongSumData().isMonotonic() || metric.getDoubleSumData().isMonotonic();
	}

	/**
	 * All series of a name with the same keys, because Prometheus has no place for
	 * others.
	 */
	private static List<Tag> tags(String name, Attributes attributes) {
		Map<String, String> tags = new TreeMap<>();
		OPTIONAL_ATTRIBUTES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), List.of())
			.forEach((key) -> tags.put(key, "none"));
		attributes.forEach((key, value) -> tags.put(key.getKey(), value.toString()));
		return tags.entrySet().stream().map((tag) -> Tag.of(tag.getKey(), tag.getValue())).toList();
	}

	private double value() {
		this.meters.refresh();
		PointData point = this.point;
		if (point instanceof LongPointData number) {
			return number.getValue();
		}
		if (point instanceof DoublePointData number) {
			return number.getValue();
		}
		if (point instanceof HistogramPointData histogram) {
			return histogram.getSum();
		}
		return (point instanceof ExponentialHistogramPointData histogram) ? histogram.getSum() : Double.NaN;
	}

	private long count() {
		this.meters.refresh();
		PointData point = this.point;
		if (point instanceof HistogramPointData histogram) {
			return histogram.getCount();
		}
		return (point instanceof ExponentialHistogramPointData histogram) ? histogram.getCount() : 0;
	}

}
