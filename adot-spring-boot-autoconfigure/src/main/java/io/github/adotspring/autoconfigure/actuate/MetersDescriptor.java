package io.github.adotspring.autoconfigure.actuate;

import java.util.Map;

import io.github.adotspring.autoconfigure.metrics.MeterGuard;
import org.jspecify.annotations.Nullable;

/**
 * The series of Micrometer's meters and their limits.
 *
 * @param series series that are exported
 * @param maxSeries limit of all together
 * @param maxSeriesPerMeter limit of each meter
 * @param denied series that are not exported because of a limit, by meter
 */
record MetersDescriptor(int series, int maxSeries, int maxSeriesPerMeter, Map<String, Integer> denied) {

	static @Nullable MetersDescriptor of(@Nullable MeterGuard guard) {
		return (guard != null)
				? new MetersDescriptor(guard.series(), guard.maxSeries(), guard.maxSeriesPerMeter(), guard.denied())
				: null;
	}

}
