package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline of each signal, from the sender that upstream's exporter uses to
 * the destination.
 */
final class Deliveries {

	private final ExportTargets targets;

	private final HttpDestinations httpDestinations;

	private final List<DestinationProvider> providers;

	private final DeliveryStatus status;

	private final QuietLog log;

	Deliveries(ExportTargets targets, HttpDestinations httpDestinations, List<DestinationProvider> providers,
			DeliveryStatus status, QuietLog log) {
		this.targets = targets;
		this.httpDestinations = httpDestinations;
		this.providers = providers;
		this.status = status;
		this.log = log;
	}

	/**
	 * The sender with which an exporter sends through the pipeline.
	 */
	HttpSender sender(Signal signal, HttpSenderConfig config) {
		DestinationProvider provider = provider(signal);
		Destination destination = (provider != null) ? provider.destination(signal)
				: this.httpDestinations.create(signal, this.targets.of(signal), config);
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
		return this.httpDestinations.awsEndpoint(signal, this.targets.of(signal));
	}

}
