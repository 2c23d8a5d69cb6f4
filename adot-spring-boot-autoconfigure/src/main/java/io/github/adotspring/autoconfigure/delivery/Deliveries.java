package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsOtlpHost;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.delivery.ExportTarget.Endpoint;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline of each signal, from the sender that upstream's exporter uses to
 * the destination.
 */
final class Deliveries {

	private final DeliveryProperties properties;

	private final ExportTargets targets;

	private final DeliveryExecutor executor;

	private final DeliveryStatus status;

	private final QuietLog log;

	private final AwsEndpoints awsEndpoints;

	private final SigV4Signer signer;

	private final List<DestinationProvider> providers;

	Deliveries(DeliveryProperties properties, ExportTargets targets, DeliveryExecutor executor, DeliveryStatus status,
			QuietLog log, AwsEndpoints awsEndpoints, SigV4Signer signer, List<DestinationProvider> providers) {
		this.properties = properties;
		this.targets = targets;
		this.executor = executor;
		this.status = status;
		this.log = log;
		this.awsEndpoints = awsEndpoints;
		this.signer = signer;
		this.providers = providers;
	}

	/**
	 * The sender with which an exporter sends through the pipeline.
	 */
	HttpSender sender(Signal signal, HttpSenderConfig config) {
		DestinationProvider provider = provider(signal);
		Destination destination = (provider != null) ? provider.destination(signal) : httpDestination(signal, config);
		Delivery delivery = new Delivery(destination, this.status.of(signal), this.log.outages(signal));
		return new DeliveryHttpSender(signal, delivery, (provider != null) ? null : config.getCompressor());
	}

	/**
	 * The destination in the process that a signal goes to, {@code null} if it goes
	 * elsewhere.
	 */
	@Nullable DestinationProvider provider(Signal signal) {
		ExportTo to = this.targets.of(signal).to();
		return this.providers.stream()
			.filter((provider) -> provider.exportTo() == to && provider.signals().contains(signal))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The endpoint at AWS that a signal goes to, {@code null} if it goes elsewhere. What
	 * the source answers can take a network call.
	 */
	@Nullable Supplier<AwsEndpoint> awsEndpoint(Signal signal) {
		ExportTarget target = this.targets.of(signal);
		Endpoint endpoint = target.endpoint();
		if (endpoint == null) {
			return (target.to() == ExportTo.AWS) ? () -> this.awsEndpoints.resolve(signal.awsService()) : null;
		}
		AwsOtlpHost host = AwsOtlpHost.of(endpoint.url());
		return (host != null) ? () -> this.awsEndpoints.resolve(host.service(), endpoint.url(), endpoint.property())
				: null;
	}

	private Destination httpDestination(Signal signal, HttpSenderConfig config) {
		Supplier<AwsEndpoint> awsEndpoint = awsEndpoint(signal);
		Endpoint endpoint = this.targets.of(signal).endpoint();
		URI url = (endpoint != null) ? endpoint.url() : config.getEndpoint();
		RequestFactory requests = (awsEndpoint != null)
				? OtlpRequests.signed(awsEndpoint, this.signer, config.getHeadersSupplier())
				: OtlpRequests.unsigned(url, config.getHeadersSupplier());
		HttpTransport transport = new HttpTransport(
				orElse(this.properties.connectTimeout(), config.getConnectTimeout()), config.getSslContext());
		return new HttpDestination(requests, transport, this.executor, retrySchedule(), this.properties.timeout(),
				orElse(this.properties.requestTimeout(), config.getTimeout()), this.properties.maxInFlight());
	}

	private RetrySchedule retrySchedule() {
		DeliveryProperties.Retry retry = this.properties.retry();
		return new RetrySchedule(retry.maxAttempts(), retry.initialBackoff(), retry.maxBackoff(),
				(bound) -> ThreadLocalRandom.current().nextLong(bound + 1));
	}

	private static Duration orElse(@Nullable Duration own, Duration upstream) {
		return (own != null) ? own : upstream;
	}

}
