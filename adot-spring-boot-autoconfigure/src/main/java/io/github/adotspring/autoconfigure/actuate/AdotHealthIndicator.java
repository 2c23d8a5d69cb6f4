package io.github.adotspring.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.DeliveryStatus;
import io.github.adotspring.autoconfigure.delivery.ExportTarget;
import io.github.adotspring.autoconfigure.delivery.ExportTargets;
import io.github.adotspring.autoconfigure.delivery.SignalStatus;
import io.github.adotspring.autoconfigure.delivery.SignalStatus.LastError;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether telemetry arrives: down while the destination of a signal did not take what was
 * last sent to it. It only tells what the deliveries left behind and sends nothing.
 */
final class AdotHealthIndicator extends AbstractHealthIndicator {

	private final DeliveryReports reports;

	private final ExportTargets targets;

	private final DeliveryStatus status;

	AdotHealthIndicator(DeliveryReports reports, ExportTargets targets, DeliveryStatus status) {
		super("The health of the export of telemetry is not known");
		this.reports = reports;
		this.targets = targets;
		this.status = status;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (Signal signal : Signal.values()) {
			if (this.reports.isDelivered(signal)) {
				SignalStatus status = this.status.of(signal);
				if (status.isFailing()) {
					builder.down();
				}
				builder.withDetail(signal.key(), details(signal, status));
			}
		}
	}

	private Map<String, Object> details(Signal signal, SignalStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("destination",
				this.targets.all(signal).stream().map(ExportTarget::name).collect(Collectors.joining(",")));
		details.put("failing", status.isFailing());
		LastError lastError = status.lastError();
		if (lastError != null) {
			details.put("lastError", lastError.message());
		}
		if (status.lastSuccess() != null) {
			details.put("lastSuccess", status.lastSuccess());
		}
		return details;
	}

}
