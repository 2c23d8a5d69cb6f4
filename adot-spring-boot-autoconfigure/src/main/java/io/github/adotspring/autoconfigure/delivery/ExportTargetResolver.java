package io.github.adotspring.autoconfigure.delivery;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.delivery.ExportTarget.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a signal goes. What {@code auto} means: an OTLP endpoint that is
 * configured anywhere, else AWS where its endpoint is configured or on AWS compute, else
 * the console.
 */
final class ExportTargetResolver {

	private final AdotProperties properties;

	private final OtlpEndpoints otlpEndpoints;

	private final AwsEndpoints awsEndpoints;

	private final AwsCompute awsCompute;

	ExportTargetResolver(AdotProperties properties, OtlpEndpoints otlpEndpoints, AwsEndpoints awsEndpoints,
			AwsCompute awsCompute) {
		this.properties = properties;
		this.otlpEndpoints = otlpEndpoints;
		this.awsEndpoints = awsEndpoints;
		this.awsCompute = awsCompute;
	}

	/**
	 * What the starter's properties choose.
	 * @param signal the signal
	 * @param signalTo what the signal's own property says, {@code null} if it is not set
	 * @param signalProperty the signal's own property
	 * @return where the signal goes, {@code null} if they leave it to {@code auto}
	 */
	@Nullable ExportTarget chosen(Signal signal, @Nullable ExportTo signalTo, String signalProperty) {
		ExportTo to = (signalTo != null) ? signalTo : this.properties.export().to();
		return switch (to) {
			case AUTO -> null;
			case COLLECTOR -> collector(this.otlpEndpoints.resolve(signal));
			case AWS, CONSOLE, NONE -> new ExportTarget(to,
					"chosen by " + ((signalTo != null) ? signalProperty : AdotProperties.PREFIX + ".export.to"), null);
		};
	}

	/**
	 * What {@code auto} means for a signal here.
	 */
	ExportTarget auto(Signal signal) {
		Endpoint endpoint = this.otlpEndpoints.find(signal);
		if (endpoint != null) {
			return collector(endpoint);
		}
		if (this.awsEndpoints.isConfigured(AwsService.of(signal))) {
			return new ExportTarget(ExportTo.AWS, AwsService.of(signal).endpointProperty() + " is set", null);
		}
		String platform = this.awsCompute.detect();
		if (platform != null) {
			return new ExportTarget(ExportTo.AWS, "running on " + platform, null);
		}
		return new ExportTarget(ExportTo.CONSOLE, "no OTLP endpoint is configured and this is not AWS compute", null);
	}

	static ExportTarget collector(Endpoint endpoint) {
		return new ExportTarget(ExportTo.COLLECTOR, "endpoint from " + endpoint.property(), endpoint);
	}

}
