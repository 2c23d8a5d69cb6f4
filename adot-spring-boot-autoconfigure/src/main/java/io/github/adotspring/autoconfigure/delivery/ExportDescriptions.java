package io.github.adotspring.autoconfigure.delivery;

import java.util.Objects;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Says in words where each signal goes and where each value came from.
 */
final class ExportDescriptions {

	private final ExportTargets targets;

	private final SdkCustomizer customizer;

	private final Deliveries deliveries;

	private final ObjectProvider<AwsCredentials> credentials;

	ExportDescriptions(ExportTargets targets, SdkCustomizer customizer, Deliveries deliveries,
			ObjectProvider<AwsCredentials> credentials) {
		this.targets = targets;
		this.customizer = customizer;
		this.deliveries = deliveries;
		this.credentials = credentials;
	}

	/**
	 * Whether a signal goes through the pipeline, as far as the SDK was made: the user
	 * may have chosen an exporter of their own.
	 */
	boolean isDelivered(Signal signal) {
		return this.targets.of(signal).to() != ExportTo.NONE && this.customizer.ownExporter(signal) == null;
	}

	/**
	 * Whether the description takes region and credentials, and so perhaps a network
	 * call.
	 */
	boolean isSigned(Signal signal) {
		return this.customizer.ownExporter(signal) == null && this.deliveries.awsEndpoint(signal) != null;
	}

	/**
	 * Find region and credentials of a signal that is signed.
	 * @throws AwsConfigurationException if one is missing
	 */
	void requireConfigured(Signal signal) {
		Supplier<AwsEndpoint> endpoint = this.deliveries.awsEndpoint(signal);
		if (endpoint != null) {
			Objects.requireNonNull(endpoint.get());
			Objects.requireNonNull(this.credentials.getObject().resolve());
		}
	}

	String describe(Signal signal) {
		ExportTarget target = this.targets.of(signal);
		String ownExporter = this.customizer.ownExporter(signal);
		if (ownExporter != null) {
			return ownExporter;
		}
		DestinationProvider provider = this.deliveries.provider(signal);
		if (provider != null) {
			return provider.describe(signal) + " (" + target.origin() + ")";
		}
		if (target.to() == ExportTo.NONE) {
			return "none (" + target.origin() + ")";
		}
		Supplier<AwsEndpoint> awsEndpoint = this.deliveries.awsEndpoint(signal);
		return (awsEndpoint != null) ? describeAws(awsEndpoint, signal, target) : describeOtlp(target);
	}

	private String describeAws(Supplier<AwsEndpoint> source, Signal signal, ExportTarget target) {
		String platform = target.origin().startsWith("running") ? ", " + target.origin() : "";
		try {
			AwsEndpoint endpoint = source.get();
			return "%s %s (%s, %s%s)".formatted(endpoint.service().displayName(), endpoint.url(), endpoint.origin(),
					this.credentials.getObject().describe(), platform);
		}
		catch (AwsConfigurationException ex) {
			return "%s, but nothing is sent without a region (%s%s)".formatted(AwsService.of(signal).displayName(),
					this.credentials.getObject().describe(), platform);
		}
	}

	private static String describeOtlp(ExportTarget target) {
		return "OTLP %s (%s)".formatted((target.endpoint() != null) ? target.endpoint().url() : "", target.origin());
	}

}
