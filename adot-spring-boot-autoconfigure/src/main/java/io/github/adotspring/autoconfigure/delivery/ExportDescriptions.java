package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsConfigurationException;
import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Says in words where each signal goes and where each value came from.
 */
final class ExportDescriptions {

	private final ExportTargets targets;

	private final SdkCustomizer customizer;

	private final Outlets outlets;

	private final ObjectProvider<AwsCredentials> credentials;

	ExportDescriptions(ExportTargets targets, SdkCustomizer customizer, Outlets outlets,
			ObjectProvider<AwsCredentials> credentials) {
		this.targets = targets;
		this.customizer = customizer;
		this.outlets = outlets;
		this.credentials = credentials;
	}

	/**
	 * Whether a signal goes through the pipeline, as far as the SDK was made: the user
	 * may have chosen an exporter of their own. Metrics do in any case, since not all of
	 * them are the SDK's.
	 */
	boolean isDelivered(Signal signal) {
		return this.targets.of(signal).to() != ExportTo.NONE && ownExporter(signal) == null;
	}

	private @Nullable String ownExporter(Signal signal) {
		return (signal != Signal.METRICS) ? this.customizer.ownExporter(signal) : null;
	}

	/**
	 * Whether a description takes region and credentials, and so perhaps a network call.
	 */
	boolean isSigned(Signal signal) {
		return this.targets.all(signal).stream().anyMatch((target) -> isSigned(signal, target));
	}

	boolean isSigned(Signal signal, ExportTarget target) {
		return ownExporter(signal) == null && this.outlets.awsEndpoint(signal, target) != null;
	}

	/**
	 * Find out whether every destination is configured as it has to be.
	 * @throws io.github.adotspring.autoconfigure.InvalidAdotConfigurationException if one
	 * is not
	 */
	void check() {
		for (Signal signal : Signal.values()) {
			this.targets.all(signal).forEach(this.outlets::check);
		}
	}

	/**
	 * Find region and credentials of a signal that is signed.
	 * @throws AwsConfigurationException if one is missing
	 */
	void requireConfigured(Signal signal) {
		for (ExportTarget target : this.targets.all(signal)) {
			Supplier<AwsEndpoint> endpoint = this.outlets.awsEndpoint(signal, target);
			if (endpoint != null) {
				Objects.requireNonNull(endpoint.get());
				Objects.requireNonNull(this.credentials.getObject().resolve());
			}
		}
	}

	/**
	 * What is known to be in the way of a signal before anything is sent.
	 */
	List<String> warnings(Signal signal) {
		return this.targets.all(signal)
			.stream()
			.filter((target) -> isSigned(signal, target) && this.outlets.metricsProvider(target) == null)
			.map((target) -> OtlpMetricsRegions.warning(this.outlets.awsEndpoint(signal, target)))
			.filter(Objects::nonNull)
			.toList();
	}

	/**
	 * Describe each destination of a signal.
	 */
	List<String> describe(Signal signal) {
		return this.targets.all(signal).stream().map((target) -> describe(signal, target)).toList();
	}

	String describe(Signal signal, ExportTarget target) {
		String ownExporter = ownExporter(signal);
		if (ownExporter != null) {
			return ownExporter;
		}
		DestinationProvider provider = this.outlets.provider(signal, target);
		if (provider != null) {
			return provider.describe(signal) + " (" + target.origin() + ")" + dryRun(signal);
		}
		if (target.to() == ExportTo.NONE) {
			return "none (" + target.origin() + ")";
		}
		MetricsDestinationProvider metrics = this.outlets.metricsProvider(target);
		Supplier<AwsEndpoint> awsEndpoint = this.outlets.awsEndpoint(signal, target);
		if (metrics != null && awsEndpoint == null) {
			return metrics.describe() + " (" + target.origin() + ")" + dryRun(signal);
		}
		String name = (metrics != null) ? metrics.describe() : AwsService.of(signal).displayName();
		String more = (metrics != null) ? "" : this.outlets.describeExtension(signal);
		return ((awsEndpoint != null) ? describeAws(awsEndpoint, name, more, target) : describeOtlp(target))
				+ dryRun(signal);
	}

	private String dryRun(Signal signal) {
		return this.targets.isDryRun(signal) ? ", but nothing is sent in a dry run" : "";
	}

	private String describeAws(Supplier<AwsEndpoint> source, String name, String more, ExportTarget target) {
		String platform = target.origin().startsWith("running") ? ", " + target.origin() : "";
		try {
			AwsEndpoint endpoint = source.get();
			return "%s %s%s (%s, %s%s)".formatted(name, endpoint.url(), more, endpoint.origin(),
					this.credentials.getObject().describe(), platform);
		}
		catch (AwsConfigurationException ex) {
			return "%s, but nothing is sent without a region (%s%s)".formatted(name,
					this.credentials.getObject().describe(), platform);
		}
	}

	private static String describeOtlp(ExportTarget target) {
		return "OTLP %s (%s)".formatted((target.endpoint() != null) ? target.endpoint().url() : "", target.origin());
	}

}
