package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.JdkRequestHeaders;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.aws.SignedRequest;
import io.github.adotspring.autoconfigure.delivery.HttpFormat.Answer;

/**
 * The requests of the pipeline, unsigned or signed.
 */
final class HttpRequests {

	private HttpRequests() {
	}

	static RequestFactory unsigned(URI url, HttpFormat format) {
		return new Unsigned(url, format);
	}

	static RequestFactory signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer, HttpFormat format,
			HttpTransport transport, Duration timeout) {
		return new Signed(endpoint, signer, format, transport, timeout);
	}

	private static Map<String, List<String>> headers(HttpFormat format, Payload payload) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(format.headers());
		headers.put("content-type", List.of(format.contentType()));
		String encoding = payload.contentEncoding();
		if (encoding != null) {
			headers.put("content-encoding", List.of(encoding));
		}
		return headers;
	}

	private static HttpRequest request(URI url, Map<String, List<String>> headers, byte[] body) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(body));
		JdkRequestHeaders.add(headers, builder);
		return builder.build();
	}

	private record Unsigned(URI url, HttpFormat format) implements RequestFactory {

		@Override
		public Attempt create(Payload payload) {
			return new UnsignedAttempt(request(this.url, headers(this.format, payload), payload.body()));
		}

	}

	private record UnsignedAttempt(HttpRequest request) implements RequestFactory.Attempt {

		@Override
		public boolean recover(HttpResponse<byte[]> response, String message) {
			return false;
		}

	}

	private record Signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer, HttpFormat format,
			HttpTransport transport, Duration timeout) implements RequestFactory, HttpFormat.Call {

		@Override
		public URI url() {
			return this.endpoint.get().url();
		}

		@Override
		public Attempt create(Payload payload) {
			AwsEndpoint endpoint = this.endpoint.get();
			Map<String, List<String>> headers = headers(this.format, payload);
			headers.remove("authorization");
			SignedRequest signed = this.signer.sign(endpoint, headers, payload.body());
			return new SignedAttempt(this, request(endpoint.url(), signed.headers(), payload.body()), signed);
		}

		@Override
		public Answer send(String path, Map<String, List<String>> headers, byte[] body) throws IOException {
			AwsEndpoint endpoint = this.endpoint.get().at(path);
			SignedRequest signed = this.signer.sign(endpoint, headers, body);
			return answer(request(endpoint.url(), signed.headers(), body));
		}

		private Answer answer(HttpRequest request) throws IOException {
			try {
				HttpResponse<byte[]> response = this.transport.send(request)
					.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
				return new Answer(response.statusCode(), response.body());
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new IOException("no answer", ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException("interrupted", ex);
			}
		}

		@Override
		public void forget() {
			this.signer.forget();
		}

	}

	private record SignedAttempt(Signed requests, HttpRequest request,
			SignedRequest signed) implements RequestFactory.Attempt {

		@Override
		public boolean recover(HttpResponse<byte[]> response, String message) throws IOException {
			return this.requests.signer()
				.recover(this.signed, response.statusCode(), message,
						response.headers().firstValue("date").orElse(null))
					|| this.requests.format()
						.recover(new Answer(response.statusCode(), response.body()), this.requests);
		}

	}

}
