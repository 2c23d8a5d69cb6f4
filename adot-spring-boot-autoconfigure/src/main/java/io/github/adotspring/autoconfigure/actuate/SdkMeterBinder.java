package io.github.adotspring.autoconfigure.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows what the SDK measures of itself ({@code otel.sdk.*}) as meters of the same names.
 */
final class SdkMeterBinder implements MeterBinder {

	private final SdkTelemetry telemetry;

	/** Registries hold what they ask for values only weakly. */
	private final List<SdkMeters> bound = new CopyOnWriteArrayList<>();

	SdkMeterBinder(SdkTelemetry telemetry) {
		this.telemetry = telemetry;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		SdkMeters meters = new SdkMeters(this.telemetry, registry);
		this.bound.add(meters);
		meters.register();
	}

}
