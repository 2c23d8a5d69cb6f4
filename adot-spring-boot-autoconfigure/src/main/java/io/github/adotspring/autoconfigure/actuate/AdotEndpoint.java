package io.github.adotspring.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.delivery.CheckResult;
import io.github.adotspring.autoconfigure.delivery.DeliveryReports;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.metrics.MeterGuard;
import io.github.adotspring.autoconfigure.metrics.MetricsBill;
import io.github.adotspring.autoconfigure.metrics.MetricsBill.Report;
import io.github.adotspring.autoconfigure.resource.ResourceReport;
import io.github.adotspring.autoconfigure.sampling.SamplingExplanation;
import io.github.adotspring.autoconfigure.sampling.SamplingReport;
import io.github.adotspring.autoconfigure.sampling.SamplingStatus;
import io.github.adotspring.autoconfigure.tracing.PathExclusions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
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

	/** What a read operation can be asked for. */
	static final String SAMPLING = "sampling";

	private final DeliveryReports reports;

	private final ExportedResource resource;

	private final ObjectProvider<ResourceReport> detection;

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	private final ObjectProvider<MetricsBill> bill;

	private final ObjectProvider<MeterGuard> meters;

	private final ObjectProvider<SamplingReport> sampling;

	private final ObjectProvider<PathExclusions> exclusions;

	AdotEndpoint(DeliveryReports reports, ExportedResource resource, ObjectProvider<ResourceReport> detection,
			ObjectProvider<OpenTelemetry> openTelemetry, ObjectProvider<MetricsBill> bill,
			ObjectProvider<MeterGuard> meters, ObjectProvider<SamplingReport> sampling,
			ObjectProvider<PathExclusions> exclusions) {
		this.reports = reports;
		this.resource = resource;
		this.detection = detection;
		this.openTelemetry = openTelemetry;
		this.bill = bill;
		this.meters = meters;
		this.sampling = sampling;
		this.exclusions = exclusions;
	}

	/**
	 * Describe the export of all signals. It waits two seconds at most for a region that
	 * is still being looked for.
	 */
	@ReadOperation
	AdotDescriptor adot() {
		Map<String, SignalDescriptor> signals = new LinkedHashMap<>();
		for (Signal signal : Signal.values()) {
			boolean delivered = this.reports.isDelivered(signal);
			this.reports.of(signal)
				.forEach((report) -> signals.put(report.key(), SignalDescriptor.of(report, delivered)));
		}
		List<String> failing = signals.entrySet()
			.stream()
			.filter((signal) -> Boolean.TRUE.equals(signal.getValue().failing()))
			.map(Map.Entry::getKey)
			.toList();
		return new AdotDescriptor(failing, signals, bill(), MetersDescriptor.of(this.meters.getIfAvailable()),
				sampler(), ResourceDescriptor.of(this.resource, this.detection.getIfAvailable()),
				VersionsDescriptor.detect());
	}

	/**
	 * Describe sampling by X-Ray's rules, or say which of them would decide on a request.
	 * @param part {@value #SAMPLING}
	 * @param method method of a request
	 * @param path path of a request
	 * @param host host that is asked
	 * @return the status, or an explanation if anything of a request is given;
	 * {@code null} if X-Ray's rules are not what decides
	 * @throws InvalidEndpointRequestException if the part is another
	 */
	@ReadOperation
	@Nullable OperationResponseBody part(@Selector String part, @Nullable String method, @Nullable String path,
			@Nullable String host) {
		if (!SAMPLING.equals(part)) {
			throw new InvalidEndpointRequestException("There is no part '" + part + "', only '" + SAMPLING + "'",
					"Unknown part");
		}
		SamplingReport sampling = this.sampling.getIfAvailable();
		return (sampling != null) ? sampling(sampling, method, path, host) : null;
	}

	private @Nullable OperationResponseBody sampling(SamplingReport sampling, @Nullable String method,
			@Nullable String path, @Nullable String host) {
		if (method == null && path == null && host == null) {
			SamplingStatus status = sampling.status();
			return (status != null) ? SamplingDescriptor.of(status) : null;
		}
		SamplingExplanation explanation = sampling.explain(method, path, host);
		if (explanation == null) {
			return null;
		}
		String pattern = exclusion(path);
		return (pattern != null) ? SamplingExplanationDescriptor.ofExcluded(pattern)
				: SamplingExplanationDescriptor.of(explanation);
	}

	private @Nullable String exclusion(@Nullable String path) {
		PathExclusions exclusions = this.exclusions.getIfAvailable();
		return (exclusions != null && path != null) ? exclusions.patternFor(path) : null;
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
		Map<String, CompletableFuture<CheckResult>> checks = new LinkedHashMap<>();
		Stream.of(Signal.values()).forEach((signal) -> checks.putAll(this.reports.check(signal)));
		Map<String, SignalCheck> results = new LinkedHashMap<>();
		checks.forEach((key, check) -> results.put(key, SignalCheck.of(check.join())));
		return CheckDescriptor.of(results);
	}

	private @Nullable String sampler() {
		return (this.openTelemetry.getIfAvailable() instanceof OpenTelemetrySdk sdk)
				? sdk.getSdkTracerProvider().getSampler().getDescription() : null;
	}

	private @Nullable Map<String, Report> bill() {
		MetricsBill bill = this.bill.getIfAvailable();
		Map<String, Report> reports = (bill != null) ? bill.reports() : Map.of();
		return reports.isEmpty() ? null : reports;
	}

}
