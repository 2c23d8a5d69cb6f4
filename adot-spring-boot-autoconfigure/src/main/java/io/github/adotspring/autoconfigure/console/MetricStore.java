package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The series of the application, in memory, with their last values. Callers hold its
 * monitor while they look at a series.
 */
final class MetricStore {

	/**
	 * After this time without a measurement a series makes room for another. It is longer
	 * than what lies between two exports.
	 */
	private static final Duration STALE = Duration.ofMinutes(10);

	private final int maxSeries;

	/** The one that was measured longest ago is the first. */
	private final Map<SeriesKey, ConsoleSeries> series = new LinkedHashMap<>(16, 0.75f, true);

	private long omitted;

	MetricStore(int maxSeries) {
		this.maxSeries = maxSeries;
	}

	/**
	 * Add points to their series.
	 * @return the first series that there is no room for, {@code null} if there is none
	 */
	synchronized @Nullable SeriesKey add(List<ConsolePoint> points) {
		SeriesKey first = null;
		for (ConsolePoint point : points) {
			ConsoleSeries series = this.series.get(point.series());
			if (series == null && hasRoom(point.time())) {
				series = new ConsoleSeries(point.series());
				this.series.put(point.series(), series);
			}
			if (series != null) {
				series.add(point);
			}
			else {
				this.omitted++;
				first = (first != null) ? first : point.series();
			}
		}
		return first;
	}

	private boolean hasRoom(long now) {
		if (this.series.size() < this.maxSeries) {
			return true;
		}
		var oldest = this.series.values().iterator();
		if (now - oldest.next().time() > STALE.toNanos()) {
			oldest.remove();
			return true;
		}
		return false;
	}

	int maxSeries() {
		return this.maxSeries;
	}

	/**
	 * The series kept, the one that was measured longest ago first.
	 */
	synchronized List<ConsoleSeries> series() {
		return new ArrayList<>(this.series.values());
	}

	/**
	 * Points that were not kept since the metrics were last shown.
	 */
	synchronized long omitted() {
		return this.omitted;
	}

	/**
	 * Whether anything of the application itself moved since the metrics were last shown.
	 */
	synchronized boolean hasNews() {
		return this.series.values().stream().anyMatch((series) -> series.hasMoved() && !series.key().isBackground());
	}

	synchronized void shown() {
		this.series.values().forEach(ConsoleSeries::shown);
		this.omitted = 0;
	}

}
