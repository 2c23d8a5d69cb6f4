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
public final class HttpTransport {

	/** An answer to telemetry is short. */
	private static final int TELEMETRY_ANSWER_BYTES = 16 * 1024;

	private final Duration connectTimeout;

	private final @Nullable SSLContext sslContext;

	private final int maxResponseBytes;

	private @Nullable HttpClient client;

	HttpTransport(Duration connectTimeout, @Nullable SSLContext sslContext) {
		this(connectTimeout, sslContext, TELEMETRY_ANSWER_BYTES);
	}

	/**
	 * Create a new instance, which opens and starts nothing.
	 * @param connectTimeout longest time for a connection
	 * @param sslContext for HTTPS, {@code null} for that of the JVM
	 * @param maxResponseBytes bytes of an answer to read at most
	 */
	public HttpTransport(Duration connectTimeout, @Nullable SSLContext sslContext, int maxResponseBytes) {
		this.connectTimeout = connectTimeout;
		this.sslContext = sslContext;
		this.maxResponseBytes = maxResponseBytes;
	}

	/**
	 * Send a request.
	 * @param request the request
	 * @return the answer, as much as is read of it
	 */
	public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
		return client().sendAsync(request, (info) -> new BoundedBody(this.maxResponseBytes));
	}

	/**
	 * Let go of the client and its connections, which must not be open in a checkpoint.
	 * The next request makes a new one.
	 */
	public void release() {
		Object client;
		synchronized (this) {
			client = this.client;
			this.client = null;
		}
		// A client can be closed since Java 21; an older one ends when it is collected.
		if (client instanceof AutoCloseable closeable) {
			close(closeable);
		}
	}

	private static void close(AutoCloseable client) {
		try {
			client.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The HTTP client could not be closed", ex);
		}
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
