package io.github.adotspring.autoconfigure.metrics;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.registry.otlp.HistogramFlavor;
import io.micrometer.registry.otlp.OtlpConfig;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes histograms of timers and distribution summaries for which nobody decided
 * anything. With objectives (SLO) a meter has exactly their buckets.
 */
final class ExponentialHistograms implements MeterFilter {

	private final SingletonSupplier<OtlpConfig> config;

	/** Boot adds them, and among them the one for its properties, after ours. */
	private final SingletonSupplier<List<MeterFilter>> later;

	ExponentialHistograms(ObjectProvider<OtlpConfig> config, ObjectProvider<MeterFilter> filters) {
		this.config = SingletonSupplier.of(() -> config.getIfAvailable(() -> OtlpConfig.DEFAULT));
		this.later = SingletonSupplier.of(() -> filters.orderedStream().toList());
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		boolean distribution = id.getType() == Meter.Type.TIMER || id.getType() == Meter.Type.DISTRIBUTION_SUMMARY;
		if (!distribution || !isExponential(id) || isDecided(asFiltered(id, config))) {
			return config;
		}
		return DistributionStatisticConfig.builder().percentilesHistogram(true).build().merge(config);
	}

	/**
	 * Explicit buckets are 70 for each timer. The flavor of a meter is that of the
	 * longest beginning of its name that has one.
	 */
	private boolean isExponential(Meter.Id id) {
		OtlpConfig config = this.config.obtain();
		Map<String, HistogramFlavor> flavors = config.histogramFlavorPerMeter();
		String name = id.getName();
		while (!name.isEmpty() && !flavors.containsKey(name)) {
			name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
		}
		HistogramFlavor flavor = flavors.getOrDefault(name, config.histogramFlavor());
		return flavor == HistogramFlavor.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM;
	}

	private DistributionStatisticConfig asFiltered(Meter.Id id, DistributionStatisticConfig config) {
		DistributionStatisticConfig filtered = config;
		for (MeterFilter filter : this.later.obtain()) {
			DistributionStatisticConfig next = filter.configure(id, filtered);
			filtered = (next != null) ? next : filtered;
		}
		return filtered;
	}

	private static boolean isDecided(DistributionStatisticConfig config) {
		double[] objectives = config.getServiceLevelObjectiveBoundaries();
		return config.isPercentileHistogram() != null || config.isPublishingPercentiles()
				|| (objectives != null && objectives.length > 0);
	}

}
