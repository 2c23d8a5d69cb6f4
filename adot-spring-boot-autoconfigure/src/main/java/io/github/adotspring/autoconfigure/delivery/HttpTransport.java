package io.github.adotspring.autoconfigure.delivery;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, made for the first request because it starts a thread. HTTP/1.1
 * because AWS's OTLP endpoints speak nothing else; redirects are not followed because a
 * signature names its host.
 */
final class HttpTransport {

	private static final int MAX_RESPONSE_BYTES = 16 * 1024;

	private final Duration connectTimeout;

	private final @Nullable SSLContext sslContext;

	private @Nullable HttpClient client;

	HttpTransport(Duration connectTimeout, @Nullable SSLContext sslContext) {
		this.connectTimeout = connectTimeout;
		this.sslContext = sslContext;
	}

	CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
		return client().sendAsync(request, (info) -> new BoundedBody(MAX_RESPONSE_BYTES));
	}

	private synchronized HttpClient client() {
		HttpClient client = this.client;
		if (client == null) {
			HttpClient.Builder builder = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.connectTimeout);
			client = ((this.sslContext != null) ? builder.sslContext(this.sslContext) : builder).build();
			this.client = client;
		}
		return client;
	}

}
