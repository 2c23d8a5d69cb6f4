package io.github.adotspring.autoconfigure.actuate;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.SdkTelemetry;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.Result;
import io.github.adotspring.autoconfigure.spool.SpoolStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows what became of the items of each signal that the starter delivers, as meters
 * {@code adot.delivery.*}. Every series is there from the start, because the first loss
 * of a series that begins with it is no increase.
 */
final class DeliveryMeterBinder implements MeterBinder {

	private static final String PREFIX = "adot.delivery.";

	private final DeliveryReports reports;

	private final DeliveryStatus status;

	private final SdkTelemetry telemetry;

	DeliveryMeterBinder(DeliveryReports reports, DeliveryStatus status, SdkTelemetry telemetry) {
		this.reports = reports;
		this.status = status;
		this.telemetry = telemetry;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Signal signal : Signal.values()) {
			if (this.reports.isDelivered(signal)) {
				Tags tags = Tags.of("signal", signal.key());
				bindResults(this.status.of(signal), tags, registry);
				bindTotals(this.status.of(signal), tags, registry);
				bindPresent(signal, tags, registry);
			}
		}
	}

	private static void bindResults(SignalStatus status, Tags tags, MeterRegistry registry) {
		for (Result result : Result.values()) {
			for (String reason : result.reasons()) {
				FunctionCounter.builder(PREFIX + "items", status, (counted) -> (double) counted.items(result, reason))
					.tags(tags.and("result", result.key(), "reason", reason))
					.description("Spans, data points or log records by what became of them")
					.register(registry);
			}
		}
	}

	private static void bindTotals(SignalStatus status, Tags tags, MeterRegistry registry) {
		FunctionCounter.builder(PREFIX + "received", status, SignalStatus::received)
			.tags(tags)
			.description("Spans, data points or log records that the SDK handed over or had no room for")
			.register(registry);
		FunctionCounter.builder(PREFIX + "recovered", status, SignalStatus::recovered)
			.tags(tags)
			.description("Spans, data points or log records that an earlier run left on disk")
			.register(registry);
		FunctionCounter.builder(PREFIX + "bytes", status, SignalStatus::bytes)
			.tags(tags)
			.baseUnit("bytes")
			.description("Bytes of the requests that were accepted, as they were sent")
			.register(registry);
	}

	private void bindPresent(Signal signal, Tags tags, MeterRegistry registry) {
		SignalStatus status = this.status.of(signal);
		Gauge.builder(PREFIX + "failing", status, (counted) -> counted.isFailing() ? 1 : 0)
			.tags(tags)
			.description("1 while the destination did not take what was last sent to it, else 0")
			.register(registry);
		Gauge.builder(PREFIX + "in.flight", this.reports, (reports) -> reports.inFlight(signal))
			.tags(tags)
			.description("Requests on their way")
			.register(registry);
		Gauge.builder(PREFIX + "queue.size", this.telemetry, (telemetry) -> telemetry.queueSize(signal))
			.tags(tags)
			.description("Spans or log records that wait in the queue of the SDK")
			.register(registry);
		Gauge.builder(PREFIX + "spooled", status, SignalStatus::spooled)
			.tags(tags)
			.description("Spans, data points or log records that wait on disk")
			.register(registry);
		Gauge.builder(PREFIX + "spool.bytes", this.reports, (reports) -> spoolBytes(reports, signal))
			.tags(tags)
			.baseUnit("bytes")
			.description("Bytes that wait on disk")
			.register(registry);
	}

	private static long spoolBytes(DeliveryReports reports, Signal signal) {
		SpoolStatus spool = reports.spool(signal);
		return (spool != null) ? spool.bytes() : 0;
	}

}
