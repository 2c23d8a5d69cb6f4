package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsCredentials;
import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import io.github.adotspring.autoconfigure.aws.UnobservedClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * The client of the AWS SDK that calls CloudWatch: the application's own, else one that
 * is closed with the application context. Either is made at its first use, because
 * finding the region can take a network call.
 */
final class MetricDataClient implements AutoCloseable {

	/** Forms are compressed well, and shorter ones than this don't need it. */
	private static final int COMPRESSED_FROM_BYTES = 1_024;

	/** Asked late: the client may need the SDK, which is made with the pipeline. */
	private final Supplier<@Nullable CloudWatchClient> applicationClient;

	private final Supplier<AwsEndpoint> endpoint;

	private final Supplier<AwsCredentials> credentials;

	private final Timeouts timeouts;

	private @Nullable CloudWatchClient client;

	private @Nullable OwnCredentials ownCredentials;

	private @Nullable SdkHttpClient httpClient;

	private boolean closed;

	MetricDataClient(Supplier<@Nullable CloudWatchClient> applicationClient, Supplier<AwsEndpoint> endpoint,
			Supplier<AwsCredentials> credentials, Timeouts timeouts) {
		this.applicationClient = applicationClient;
		this.endpoint = endpoint;
		this.credentials = credentials;
		this.timeouts = timeouts;
	}

	/**
	 * The client, made by a network call where the region needs one.
	 * @throws io.github.adotspring.autoconfigure.aws.AwsConfigurationException if there
	 * is no region
	 */
	synchronized CloudWatchClient get() {
		if (this.closed) {
			throw new IllegalStateException("The application context is closed");
		}
		CloudWatchClient client = this.client;
		if (client == null) {
			CloudWatchClient ofApplication = this.applicationClient.get();
			client = (ofApplication != null) ? ofApplication : create(this.endpoint.get());
			this.client = client;
		}
		return client;
	}

	/**
	 * Ask for other credentials, because AWS refused the last ones.
	 * @return whether another call can succeed
	 */
	boolean renewCredentials() {
		OwnCredentials credentials;
		synchronized (this) {
			credentials = this.ownCredentials;
		}
		return credentials != null && credentials.renew();
	}

	private CloudWatchClient create(AwsEndpoint endpoint) {
		OwnCredentials credentials = new OwnCredentials(this.credentials.get());
		SdkHttpClient httpClient = new JdkSdkHttpClient(this.timeouts.attempt());
		this.httpClient = httpClient;
		this.ownCredentials = credentials;
		return CloudWatchClient.builder()
			.httpClient(httpClient)
			.region(Region.of(endpoint.region()))
			.endpointOverride(endpoint.url())
			.credentialsProvider(credentials)
			.overrideConfiguration((configuration) -> configuration.apiCallTimeout(this.timeouts.call())
				.apiCallAttemptTimeout(this.timeouts.attempt())
				.retryStrategy(RetryMode.STANDARD)
				.compressionConfiguration(
						(compression) -> compression.minimumCompressionThresholdInBytes(COMPRESSED_FROM_BYTES)))
			.addPlugin(new UnobservedClient())
			.build();
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.client != null && this.httpClient != null) {
			this.client.close();
			this.httpClient.close();
		}
	}

	/**
	 * How long a call may take.
	 *
	 * @param call longest time for all attempts
	 * @param attempt longest time for one of them
	 */
	record Timeouts(Duration call, Duration attempt) {

	}

}
