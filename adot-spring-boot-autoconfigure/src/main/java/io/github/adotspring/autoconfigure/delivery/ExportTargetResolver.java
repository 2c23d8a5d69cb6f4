package io.github.adotspring.autoconfigure.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsCompute;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsOtlpHost;
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
	 * @param own what the signal's own property says, empty if it is not set
	 * @param ownProperty the signal's own property
	 * @return where the signal goes, each destination once, with {@code auto} resolved
	 * where it is not alone; {@code null} if they leave it to {@code auto}
	 */
	@Nullable List<ExportTarget> chosen(Signal signal, List<ExportChoice> own, String ownProperty) {
		String property = own.isEmpty() ? AdotProperties.PREFIX + ".export.to" : ownProperty;
		List<ExportChoice> choices = own.isEmpty() ? List.of(ExportChoice.of(signal, this.properties.export().to()))
				: own;
		if (choices.stream().allMatch((choice) -> choice.to() == ExportTo.AUTO)) {
			return null;
		}
		Map<String, ExportTarget> targets = new LinkedHashMap<>();
		for (ExportChoice choice : choices) {
			ExportTarget target = target(signal, choice, property);
			targets.putIfAbsent(target.name(), target);
		}
		return List.copyOf(targets.values());
	}

	private ExportTarget target(Signal signal, ExportChoice choice, String property) {
		return switch (choice.to()) {
			case AUTO -> auto(signal);
			case COLLECTOR -> collector(this.otlpEndpoints.resolve(signal));
			case AWS, CONSOLE, NONE -> new ExportTarget(choice, "chosen by " + property, null);
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
			return new ExportTarget(ExportChoice.of(signal, ExportTo.AWS),
					AwsService.of(signal).endpointProperty() + " is set", null);
		}
		String platform = this.awsCompute.detect();
		if (platform != null) {
			return new ExportTarget(ExportChoice.of(signal, ExportTo.AWS), "running on " + platform, null);
		}
		return new ExportTarget(ExportChoice.of(ExportTo.CONSOLE),
				"no OTLP endpoint is configured and this is not AWS compute", null);
	}

	/**
	 * An OTLP endpoint. That of CloudWatch is called so, because it costs the same
	 * however it is configured.
	 */
	static ExportTarget collector(Endpoint endpoint) {
		AwsOtlpHost host = AwsOtlpHost.of(endpoint.url());
		ExportChoice choice = (host != null && host.service() == AwsService.MONITORING)
				? new ExportChoice(ExportTo.COLLECTOR, MetricsExportTo.CLOUDWATCH.key())
				: ExportChoice.of(ExportTo.COLLECTOR);
		return new ExportTarget(choice, "endpoint from " + endpoint.property(), endpoint);
	}

}
