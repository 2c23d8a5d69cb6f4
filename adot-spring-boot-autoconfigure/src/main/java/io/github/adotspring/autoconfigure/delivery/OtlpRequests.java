package io.github.adotspring.autoconfigure.delivery;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.JdkRequestHeaders;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;

/**
 * The OTLP/HTTP requests of the pipeline, unsigned or signed.
 */
final class OtlpRequests {

	private OtlpRequests() {
	}

	static RequestFactory unsigned(URI url, Supplier<Map<String, List<String>>> extraHeaders) {
		return (payload) -> request(url, headers(payload, extraHeaders.get()), payload.body());
	}

	static RequestFactory signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer,
			Supplier<Map<String, List<String>>> extraHeaders) {
		return (payload) -> {
			AwsEndpoint resolved = endpoint.get();
			Map<String, List<String>> headers = headers(payload, extraHeaders.get());
			headers.remove("authorization");
			return request(resolved.url(), signer.sign(resolved, headers, payload.body()), payload.body());
		};
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

}
