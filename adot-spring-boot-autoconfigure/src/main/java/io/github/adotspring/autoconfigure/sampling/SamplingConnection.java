package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.adotspring.autoconfigure.delivery.HttpTransport;

/**
 * The way to the sampling API: one request at a time, whose answer has a limit of time
 * and size.
 */
final class SamplingConnection {

	private static final int MAX_ANSWER_BYTES = 1024 * 1024;

	private final Duration timeout;

	private final HttpTransport transport;

	/**
	 * Create a new instance.
	 * @param timeout longest time for a request, from connecting to the last byte of the
	 * answer
	 */
	SamplingConnection(Duration connectTimeout, Duration timeout) {
		this.timeout = timeout;
		this.transport = new HttpTransport(connectTimeout, null, MAX_ANSWER_BYTES + 1);
	}

	/**
	 * Send a request and wait for the whole answer. The JDK's own timeout of a request
	 * ends with the headers of the answer, so the wait is bounded here.
	 */
	HttpResponse<byte[]> send(HttpRequest request) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> answer = this.transport.send(request);
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
	 * Let go of connections, which must not be open in a checkpoint. The next request
	 * makes new ones.
	 */
	void release() {
		this.transport.release();
	}

}
