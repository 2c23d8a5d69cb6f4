package io.github.adotspring.autoconfigure.testing;

import java.net.URI;
import java.time.Duration;

import io.github.adotspring.autoconfigure.aws.JdkSdkHttpClient;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * ElasticMQ on the loopback interface, which speaks the protocol of SQS.
 */
public final class SqsServer implements BeforeAllCallback, AfterAllCallback {

	private SQSRestServer server;

	private int port;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
		this.port = this.server.waitUntilStarted().localAddress().getPort();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.server.stopAndWait();
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	public SqsClient client() {
		return SqsClient.builder()
			.httpClient(new JdkSdkHttpClient(Duration.ofSeconds(10)))
			.endpointOverride(uri())
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	public SqsAsyncClient asyncClient() {
		return asyncClient(uri());
	}

	/**
	 * A client for the server at a URL.
	 */
	public static SqsAsyncClient asyncClient(URI endpoint) {
		return SqsAsyncClient.builder()
			.httpClientBuilder(NettyNioAsyncHttpClient.builder())
			.endpointOverride(endpoint)
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

}
