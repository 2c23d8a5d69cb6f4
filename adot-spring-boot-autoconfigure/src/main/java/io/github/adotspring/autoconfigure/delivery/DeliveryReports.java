package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Duration;
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

	/**
	 * An {@code ExportTraceServiceRequest}, or its like, with one resource and no items.
	 */
	private static final byte[] EMPTY_EXPORT = { 0x0a, 0x00 };

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
		Remote remote = this.deliveries.remote(signal);
		return (remote != null) ? remote.destination().inFlight() : 0;
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
	 * @return the report
	 */
	public SignalReport of(Signal signal) {
		ExportTarget target = this.targets.of(signal);
		Remote remote = this.deliveries.remote(signal);
		AwsEndpoint aws = (remote != null) ? remote.address().knownAws() : null;
		URI url = (remote != null) ? remote.destination().lastUrl() : null;
		boolean signed = this.descriptions.isSigned(signal);
		return new SignalReport(signal, target.to(), target.origin(), describe(signal),
				(url == null && target.endpoint() != null) ? target.endpoint().url() : url,
				(aws != null) ? aws.origin() : endpointOrigin(target), (aws != null) ? aws.region() : null,
				signed ? this.credentials.getObject().identity() : null, this.status.of(signal), inFlight(signal),
				this.telemetry.queueSize(signal), this.telemetry.queueCapacity(signal), spool(signal),
				(this.spool != null) ? this.spool.problem() : null);
	}

	private static @Nullable String endpointOrigin(ExportTarget target) {
		return (target.endpoint() != null) ? "endpoint from " + target.endpoint().property() : null;
	}

	private String describe(Signal signal) {
		if (!this.descriptions.isSigned(signal)) {
			return this.descriptions.describe(signal);
		}
		Supplier<String> description = () -> this.descriptions.describe(signal);
		return CompletableFuture.supplyAsync(description, this.executor)
			.completeOnTimeout("AWS, region and credentials are being looked for", DESCRIBE_WITHIN.toMillis(),
					TimeUnit.MILLISECONDS)
			.join();
	}

	/**
	 * Send an empty export to the destination of a signal, once.
	 * @param signal the signal
	 * @return what came of it, completed after {@code delivery.timeout} at the latest
	 */
	public CompletableFuture<CheckResult> check(Signal signal) {
		Remote remote = this.deliveries.remote(signal);
		if (remote == null) {
			return CompletableFuture.completedFuture(CheckResult.notSent(describe(signal)));
		}
		long start = System.nanoTime();
		return remote.destination()
			.deliverOnce(new Payload(signal, EMPTY_EXPORT, 0, null))
			.thenApply((outcome) -> new CheckResult(true, outcome.isDelivered(),
					Duration.ofNanos(System.nanoTime() - start), outcome.message(),
					outcome.isDelivered() ? null : remote.address().advice(outcome)));
	}

}
