package io.github.adotspring.autoconfigure.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The JDK's HTTP client for the few small calls that the AWS SDK makes for the telemetry.
 * Any of the SDK's own HTTP clients would join the class path of the application and
 * could become the one that the application's AWS clients pick.
 */
public final class JdkSdkHttpClient implements SdkHttpClient {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(CONNECT_TIMEOUT)
		.build();

	private final Duration timeout;

	JdkSdkHttpClient() {
		this(TIMEOUT);
	}

	/**
	 * Create a new instance.
	 * @param timeout longest time for one call, from connecting to the last byte of the
	 * answer
	 */
	public JdkSdkHttpClient(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				return execute(request);
			}

			@Override
			public void abort() {
				// The call is bounded by its timeout.
			}

		};
	}

	/**
	 * The JDK's own timeout of a request ends with the headers of the answer, so the wait
	 * is bounded here.
	 */
	private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> response = this.client.sendAsync(toJdk(request),
				BodyHandlers.ofByteArray());
		try {
			return toSdk(response.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for " + request.httpRequest().host());
		}
		catch (TimeoutException ex) {
			throw new HttpTimeoutException("No answer from " + request.httpRequest().host() + " in time");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		finally {
			response.cancel(true);
		}
	}

	private static HttpRequest toJdk(HttpExecuteRequest execute) throws IOException {
		SdkHttpRequest request = execute.httpRequest();
		HttpRequest.Builder builder = HttpRequest.newBuilder(request.getUri());
		JdkRequestHeaders.add(request.headers(), builder);
		return builder.method(request.method().name(), BodyPublishers.ofByteArray(body(execute))).build();
	}

	private static byte[] body(HttpExecuteRequest request) throws IOException {
		if (request.contentStreamProvider().isEmpty()) {
			return new byte[0];
		}
		try (InputStream body = request.contentStreamProvider().get().newStream()) {
			return body.readAllBytes();
		}
	}

	private static HttpExecuteResponse toSdk(HttpResponse<byte[]> response) {
		return HttpExecuteResponse.builder()
			.response(SdkHttpFullResponse.builder()
				.statusCode(response.statusCode())
				.headers(response.headers().map())
				.build())
			.responseBody(AbortableInputStream.create(new ByteArrayInputStream(response.body())))
			.build();
	}

	@Override
	public String clientName() {
		return "Jdk";
	}

	@Override
	public void close() {
		// The JDK's client ends with its last reference.
	}

}
