package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.adotspring.autoconfigure.delivery.BoundedBody;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client for the sampling API, made for the first request because it
 * starts a thread. Redirects are not followed because a signature names its host.
 */
final class SamplingConnection {

	private static final int MAX_ANSWER_BYTES = 1024 * 1024;

	private final Duration connectTimeout;

	private final Duration timeout;

	private @Nullable HttpClient client;

	/**
	 * Create a new instance.
	 * @param timeout longest time for a request, from connecting to the last byte of the
	 * answer
	 */
	SamplingConnection(Duration connectTimeout, Duration timeout) {
		this.connectTimeout = connectTimeout;
		this.timeout = timeout;
	}

	/**
	 * Send a request and wait for the whole answer. The JDK's own timeout of a request
	 * ends with the headers of the answer, so the wait is bounded here.
	 */
	HttpResponse<byte[]> send(HttpRequest request) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request,
				(info) -> new BoundedBody(MAX_ANSWER_BYTES + 1));
		try {
			return checkSize(answer.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
		catch (TimeoutException ex) {
			throw new HttpTimeoutException("no answer within " + this.timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		finally {
			answer.cancel(true);
		}
	}

	private static HttpResponse<byte[]> checkSize(HttpResponse<byte[]> response) throws IOException {
		if (response.body().length > MAX_ANSWER_BYTES) {
			throw new IOException("the answer has more than " + MAX_ANSWER_BYTES + " bytes");
		}
		return response;
	}

	/**
	 * Let go of the client and its connections, which must not be open in a checkpoint.
	 * The next request makes a new one.
	 */
	void release() {
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
			throw new IllegalStateException("The HTTP client of the sampling rules could not be closed", ex);
		}
	}

	private synchronized HttpClient client() {
		HttpClient client = this.client;
		if (client == null) {
			client = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.connectTimeout)
				.build();
			this.client = client;
		}
		return client;
	}

}
