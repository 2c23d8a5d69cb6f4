package io.github.adotspring.autoconfigure.awssdk;

import java.net.URI;
import java.time.Duration;

import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * Clients of AWS services, as applications build them.
 */
final class Clients {

	static final String ACCESS_KEY_ID = "AKIDEXAMPLE";

	static final StaticCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create(ACCESS_KEY_ID, "secret"));

	private Clients() {
	}

	static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C sync(B builder, URI endpoint) {
		return configure(builder, endpoint).httpClient(new JdkSdkHttpClient(Duration.ofSeconds(10))).build();
	}

	static <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C async(B builder, URI endpoint) {
		return configure(builder, endpoint)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
			.build();
	}

	private static <B extends AwsClientBuilder<B, C>, C> B configure(B builder, URI endpoint) {
		return builder.region(Region.EU_WEST_1)
			.credentialsProvider(CREDENTIALS)
			.endpointOverride(endpoint)
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()));
	}

}
