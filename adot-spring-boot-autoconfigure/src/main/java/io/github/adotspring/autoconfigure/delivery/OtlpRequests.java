package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.JdkRequestHeaders;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.aws.SignedRequest;

/**
 * The OTLP/HTTP requests of the pipeline, unsigned or signed.
 */
final class OtlpRequests {

	private OtlpRequests() {
	}

	static RequestFactory unsigned(URI url, Supplier<Map<String, List<String>>> extraHeaders) {
		return new Unsigned(url, extraHeaders);
	}

	static RequestFactory signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer,
			Supplier<Map<String, List<String>>> extraHeaders) {
		return new Signed(endpoint, signer, extraHeaders);
	}

	private static Map<String, List<String>> headers(Payload payload, Map<String, List<String>> extra) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(extra);
		headers.put("content-type", List.of("application/x-protobuf"));
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

	private record Unsigned(URI url, Supplier<Map<String, List<String>>> extraHeaders) implements RequestFactory {

		@Override
		public Attempt create(Payload payload) {
			return new UnsignedAttempt(request(this.url, headers(payload, this.extraHeaders.get()), payload.body()));
		}

	}

	private record UnsignedAttempt(HttpRequest request) implements RequestFactory.Attempt {

		@Override
		public boolean recover(HttpResponse<?> response, String message) {
			return false;
		}

	}

	private record Signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer,
			Supplier<Map<String, List<String>>> extraHeaders) implements RequestFactory {

		@Override
		public URI url() {
			return this.endpoint.get().url();
		}

		@Override
		public Attempt create(Payload payload) {
			AwsEndpoint endpoint = this.endpoint.get();
			Map<String, List<String>> headers = headers(payload, this.extraHeaders.get());
			headers.remove("authorization");
			SignedRequest signed = this.signer.sign(endpoint, headers, payload.body());
			return new SignedAttempt(request(endpoint.url(), signed.headers(), payload.body()), signed, this.signer);
		}

		@Override
		public void forget() {
			this.signer.forget();
		}

	}

	private record SignedAttempt(HttpRequest request, SignedRequest signed,
			SigV4Signer signer) implements RequestFactory.Attempt {

		@Override
		public boolean recover(HttpResponse<?> response, String message) {
			return this.signer.recover(this.signed, response.statusCode(), message,
					response.headers().firstValue("date").orElse(null));
		}

	}

}
