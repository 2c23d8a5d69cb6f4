package io.github.adotspring.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code adot}: where each signal goes and what became of it, and a
 * try of the way there.
 */
@Endpoint(id = "adot")
final class AdotEndpoint {

	/** What a write operation can be asked to do. */
	static final String CHECK = "check";

	private final DeliveryReports reports;

	private final ExportedResource resource;

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	AdotEndpoint(DeliveryReports reports, ExportedResource resource, ObjectProvider<OpenTelemetry> openTelemetry) {
		this.reports = reports;
		this.resource = resource;
		this.openTelemetry = openTelemetry;
	}

	/**
	 * Describe the export of all signals. It waits two seconds at most for a region that
	 * is still being looked for.
	 */
	@ReadOperation
	AdotDescriptor adot() {
		Map<String, SignalDescriptor> signals = signals(
				(signal) -> SignalDescriptor.of(this.reports.of(signal), this.reports.isDelivered(signal)));
		List<String> failing = signals.entrySet()
			.stream()
			.filter((signal) -> Boolean.TRUE.equals(signal.getValue().failing()))
			.map(Map.Entry::getKey)
			.toList();
		return new AdotDescriptor(failing, signals, sampler(), this.resource.attributes(), VersionsDescriptor.detect());
	}

	/**
	 * Send an empty export for each signal, all at once. It takes
	 * {@code management.adot.delivery.timeout} at most.
	 * @param task {@value #CHECK}
	 * @throws InvalidEndpointRequestException if the task is another
	 */
	@WriteOperation
	CheckDescriptor run(@Selector String task) {
		if (!CHECK.equals(task)) {
			throw new InvalidEndpointRequestException("There is no task '" + task + "', only '" + CHECK + "'",
					"Unknown task");
		}
		Map<String, CompletableFuture<SignalCheck>> checks = signals(
				(signal) -> this.reports.check(signal).thenApply(SignalCheck::of));
		Map<String, SignalCheck> results = new LinkedHashMap<>();
		checks.forEach((signal, check) -> results.put(signal, check.join()));
		return CheckDescriptor.of(results);
	}

	private static <T> Map<String, T> signals(Function<Signal, T> value) {
		Map<String, T> values = new LinkedHashMap<>();
		Stream.of(Signal.values()).forEach((signal) -> values.put(signal.key(), value.apply(signal)));
		return values;
	}

	private @Nullable String sampler() {
		return (this.openTelemetry.getIfAvailable() instanceof OpenTelemetrySdk sdk)
				? sdk.getSdkTracerProvider().getSampler().getDescription() : null;
	}

}
