package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsEndpoints;
import io.github.adotspring.autoconfigure.aws.AwsOtlpHost;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.delivery.ExportTarget.Endpoint;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the destinations that are HTTP endpoints, signed where they are at AWS. What
 * signing takes is not made for an application that does not sign.
 */
final class HttpDestinations {

	private final DeliveryProperties properties;

	private final DeliveryExecutor executor;

	private final AwsEndpoints awsEndpoints;

	private final ObjectProvider<SigV4Signer> signer;

	private final List<AwsOtlpExtension> extensions;

	private final Clock clock;

	HttpDestinations(DeliveryProperties properties, DeliveryExecutor executor, AwsEndpoints awsEndpoints,
			ObjectProvider<SigV4Signer> signer, List<AwsOtlpExtension> extensions, Clock clock) {
		this.properties = properties;
		this.executor = executor;
		this.awsEndpoints = awsEndpoints;
		this.signer = signer;
		this.extensions = extensions;
		this.clock = clock;
	}

	/**
	 * An OTLP endpoint, at AWS or elsewhere.
	 */
	HttpDestination otlp(Signal signal, ExportTarget target, HttpSenderConfig config, RetrySchedule retry) {
		Supplier<AwsEndpoint> awsEndpoint = awsEndpoint(signal, target);
		HttpFormat format = new OtlpFormat(config.getHeadersSupplier(), config.getCompressor());
		if (awsEndpoint != null) {
			AwsOtlpExtension extension = extension(signal);
			return signed(awsEndpoint, (extension != null) ? extension.extend(format) : format, config, retry);
		}
		URI url = (target.endpoint() != null) ? target.endpoint().url() : config.getEndpoint();
		return new HttpDestination(format, HttpRequests.unsigned(url, format), transport(config), this.executor,
				limits(config, retry), this.clock);
	}

	/**
	 * An endpoint at AWS.
	 */
	HttpDestination signed(Supplier<AwsEndpoint> endpoint, HttpFormat format, HttpSenderConfig config,
			RetrySchedule retry) {
		HttpTransport transport = transport(config);
		ExchangeLimits limits = limits(config, retry);
		RequestFactory requests = HttpRequests.signed(endpoint, this.signer.getObject(), format, transport,
				limits.requestTimeout());
		return new HttpDestination(format, requests, transport, this.executor, limits, this.clock);
	}

	private HttpTransport transport(HttpSenderConfig config) {
		return new HttpTransport(orElse(this.properties.connectTimeout(), config.getConnectTimeout()),
				config.getSslContext());
	}

	/**
	 * The endpoint at AWS of a target, {@code null} if it is elsewhere. What the source
	 * answers can take a network call.
	 */
	@Nullable Supplier<AwsEndpoint> awsEndpoint(Signal signal, ExportTarget target) {
		Endpoint endpoint = target.endpoint();
		if (endpoint == null) {
			return (target.to() == ExportTo.AWS) ? () -> this.awsEndpoints.resolve(AwsService.of(signal)) : null;
		}
		AwsOtlpHost host = AwsOtlpHost.of(endpoint.url());
		return (host != null) ? () -> this.awsEndpoints.resolve(host.service(), endpoint.url(), endpoint.property())
				: null;
	}

	/**
	 * What requests of a signal to AWS are extended with, {@code null} for nothing.
	 */
	@Nullable AwsOtlpExtension extension(Signal signal) {
		return this.extensions.stream().filter((each) -> each.signal() == signal).findFirst().orElse(null);
	}

	private ExchangeLimits limits(HttpSenderConfig config, RetrySchedule retry) {
		return new ExchangeLimits(retry, this.properties.timeout(),
				orElse(this.properties.requestTimeout(), config.getTimeout()), this.properties.retry().maxRetryAfter(),
				this.properties.maxInFlight());
	}

	private static Duration orElse(@Nullable Duration own, Duration upstream) {
		return (own != null) ? own : upstream;
	}

}
