package io.github.adotspring.autoconfigure.sampling;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.JdkRequestHeaders;
import io.github.adotspring.autoconfigure.aws.SigV4Signer;
import io.github.adotspring.autoconfigure.aws.SignedRequest;

/**
 * Makes the requests of the sampling API, for X-Ray itself or for a proxy that signs
 * them: the CloudWatch agent, the collector's awsproxy extension, the X-Ray daemon.
 */
interface SamplingRequests {

	/** Where the CloudWatch agent, the collector and the X-Ray daemon listen. */
	URI DEFAULT_PROXY = URI.create("http://localhost:2000");

	/**
	 * Make a request.
	 * @param path path from the root
	 * @throws RuntimeException if it can't be made or signed
	 */
	Attempt create(String path, byte[] body);

	static SamplingRequests unsigned(URI proxy) {
		return new Unsigned(proxy);
	}

	/**
	 * Requests to X-Ray.
	 * @param endpoint any path at X-Ray; asked for with each request, since finding the
	 * region can take a call
	 */
	static SamplingRequests signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer) {
		return new Signed(endpoint, signer);
	}

	private static HttpRequest request(URI url, Map<String, List<String>> headers, byte[] body) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(body));
		JdkRequestHeaders.add(headers, builder);
		return builder.build();
	}

	private static Map<String, List<String>> headers() {
		return Map.of("content-type", List.of("application/json"));
	}

	/**
	 * A request that is sent once.
	 */
	interface Attempt {

		HttpRequest request();

		/**
		 * Make good what the request was refused for.
		 * @param refusal the answer
		 * @param text what the answer says
		 * @return whether another attempt can help
		 */
		boolean recover(HttpResponse<byte[]> refusal, String text);

	}

	/**
	 * To a proxy.
	 *
	 * @param proxy URL of the proxy
	 */
	record Unsigned(URI proxy) implements SamplingRequests {

		@Override
		public Attempt create(String path, byte[] body) {
			URI url = URI.create(this.proxy.toString().replaceFirst("/+$", "") + path);
			return new UnsignedAttempt(SamplingRequests.request(url, headers(), body));
		}

	}

	/**
	 * To a proxy, which signs as it can.
	 *
	 * @param request the request
	 */
	record UnsignedAttempt(HttpRequest request) implements Attempt {

		@Override
		public boolean recover(HttpResponse<byte[]> refusal, String text) {
			return false;
		}

	}

	/**
	 * To X-Ray.
	 *
	 * @param endpoint any path at X-Ray
	 * @param signer signs each request
	 */
	record Signed(Supplier<AwsEndpoint> endpoint, SigV4Signer signer) implements SamplingRequests {

		@Override
		public Attempt create(String path, byte[] body) {
			AwsEndpoint endpoint = this.endpoint.get().at(path);
			SignedRequest signed = this.signer.sign(endpoint, headers(), body);
			return new SignedAttempt(this.signer, signed,
					SamplingRequests.request(endpoint.url(), signed.headers(), body));
		}

	}

	/**
	 * To X-Ray, with a signature that is good for some minutes.
	 *
	 * @param signer who signed
	 * @param signed what was signed
	 * @param request the request
	 */
	record SignedAttempt(SigV4Signer signer, SignedRequest signed, HttpRequest request) implements Attempt {

		@Override
		public boolean recover(HttpResponse<byte[]> refusal, String text) {
			return this.signer.recover(this.signed, refusal.statusCode(), text,
					refusal.headers().firstValue("date").orElse(null));
		}

	}

}
