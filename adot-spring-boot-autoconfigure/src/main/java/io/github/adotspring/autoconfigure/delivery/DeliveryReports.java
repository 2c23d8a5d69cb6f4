package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.spool.Spool;
import io.github.adotspring.autoconfigure.spool.SpoolStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Tells those on call where each signal goes and what became of it, and tries the way
 * there.
 */
public final class DeliveryReports {

	private static final Duration DESCRIBE_WITHIN = Duration.ofSeconds(2);

	private final ExportTargets targets;

	private final ExportDescriptions descriptions;

	private final Deliveries deliveries;

	private final DeliveryStatus status;

	private final SdkTelemetry telemetry;

	private final DeliveryExecutor executor;

	private final ObjectProvider<AwsCredentials> credentials;

	private final @Nullable Spool spool;

	DeliveryReports(ExportTargets targets, ExportDescriptions descriptions, Deliveries deliveries,
			DeliveryStatus status, SdkTelemetry telemetry, DeliveryExecutor executor,
			ObjectProvider<AwsCredentials> credentials, @Nullable Spool spool) {
		this.targets = targets;
		this.descriptions = descriptions;
		this.deliveries = deliveries;
		this.status = status;
		this.telemetry = telemetry;
		this.executor = executor;
		this.credentials = credentials;
		this.spool = spool;
	}

	/**
	 * Whether the starter delivers a signal and so keeps account of it.
	 * @param signal the signal
	 * @return {@code false} for a signal that goes nowhere, or to an exporter that the
	 * user chose
	 */
	public boolean isDelivered(Signal signal) {
		return this.descriptions.isDelivered(signal);
	}

	/**
	 * Requests that are on their way.
	 * @param signal the signal
	 * @return the number of requests, 0 for a destination in the process
	 */
	public int inFlight(Signal signal) {
		return this.deliveries.of(signal).stream().mapToInt(Outlet::inFlight).sum();
	}

	/**
	 * What waits on disk, without asking the disk.
	 * @param signal the signal
	 * @return what there is, {@code null} without a spool
	 */
	public @Nullable SpoolStatus spool(Signal signal) {
		return (this.spool != null) ? this.spool.status(signal) : null;
	}

	/**
	 * Report on a signal, without waiting for the network.
	 * @param signal the signal
	 * @return a report for each of its destinations, at least one
	 */
	public List<SignalReport> of(Signal signal) {
		return this.targets.all(signal).stream().map((target) -> report(signal, target)).toList();
	}

	private SignalReport report(Signal signal, ExportTarget target) {
		Outlet outlet = outlet(signal, target);
		Remote remote = (outlet != null) ? outlet.remote() : null;
		AwsEndpoint aws = (remote != null) ? remote.address().knownAws() : null;
		URI url = (remote != null) ? remote.destination().lastUrl() : null;
		boolean signed = this.descriptions.isSigned(signal, target);
		return new SignalReport(signal, key(signal, target), target.name(), target.origin(), describe(signal, target),
				(url == null && target.endpoint() != null) ? target.endpoint().url() : url,
				(aws != null) ? aws.origin() : endpointOrigin(target), (aws != null) ? aws.region() : null,
				signed ? this.credentials.getObject().identity() : null,
				(outlet != null) ? outlet.status() : this.status.of(signal), (outlet != null) ? outlet.inFlight() : 0,
				this.telemetry.queueSize(signal), this.telemetry.queueCapacity(signal), spool(signal),
				(this.spool != null) ? this.spool.problem() : null);
	}

	private String key(Signal signal, ExportTarget target) {
		return (this.targets.all(signal).size() == 1) ? signal.key() : signal.key() + "." + target.name();
	}

	private @Nullable Outlet outlet(Signal signal, ExportTarget target) {
		return this.deliveries.of(signal)
			.stream()
			.filter((outlet) -> outlet.target().equals(target))
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String endpointOrigin(ExportTarget target) {
		return (target.endpoint() != null) ? "endpoint from " + target.endpoint().property() : null;
	}

	private String describe(Signal signal, ExportTarget target) {
		if (!this.descriptions.isSigned(signal, target)) {
			return this.descriptions.describe(signal, target);
		}
		Supplier<String> description = () -> this.descriptions.describe(signal, target);
		return CompletableFuture.supplyAsync(description, this.executor::execute)
			.completeOnTimeout("AWS, region and credentials are being looked for", DESCRIBE_WITHIN.toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

	/**
	 * Send a request without items to each destination of a signal, once.
	 * @param signal the signal
	 * @return what comes of it by the key of the destination, as in {@link SignalReport},
	 * completed after {@code delivery.timeout} at the latest
	 */
	public Map<String, CompletableFuture<CheckResult>> check(Signal signal) {
		Map<String, CompletableFuture<CheckResult>> checks = new LinkedHashMap<>();
		this.targets.all(signal).forEach((target) -> checks.put(key(signal, target), check(signal, target)));
		return checks;
	}

	private CompletableFuture<CheckResult> check(Signal signal, ExportTarget target) {
		Outlet outlet = outlet(signal, target);
		Remote remote = (outlet != null) ? outlet.remote() : null;
		if (remote == null) {
			return notSent("no remote destination: " + describe(signal, target));
		}
		long start = System.nanoTime();
		CompletableFuture<Outcome> probe = remote.destination().probe(signal);
		if (probe == null) {
			return notSent("there is no request without data: " + describe(signal, target));
		}
		return probe.thenApply(
				(outcome) -> new CheckResult(true, outcome.isDelivered(), Duration.ofNanos(System.nanoTime() - start),
						outcome.message(), outcome.isDelivered() ? null : remote.address().advice(outcome)));
	}

	private static CompletableFuture<CheckResult> notSent(String why) {
		return CompletableFuture.completedFuture(CheckResult.notSent(why));
	}

}
