package io.github.adotspring.autoconfigure.metrics;

import io.micrometer.registry.otlp.OtlpMeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.core.Ordered;

/**
 * Selects and shapes the meters that are exported, and leaves the application's other
 * registries alone.
 */
final class OtlpMeterRegistryCustomizer implements MeterRegistryCustomizer<OtlpMeterRegistry>, Ordered {

	private final ExcludedMeters excluded;

	private final MeterGuard guard;

	private final @Nullable ExponentialHistograms histograms;

	OtlpMeterRegistryCustomizer(ExcludedMeters excluded, MeterGuard guard, @Nullable ExponentialHistograms histograms) {
		this.excluded = excluded;
		this.guard = guard;
		this.histograms = histograms;
	}

	@Override
	public void customize(OtlpMeterRegistry registry) {
		registry.config().meterFilter(this.excluded);
		this.guard.watch(registry);
		if (this.histograms != null) {
			registry.config().meterFilter(this.histograms);
		}
	}

	/**
	 * After those of the application, whose filters so decide first.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
