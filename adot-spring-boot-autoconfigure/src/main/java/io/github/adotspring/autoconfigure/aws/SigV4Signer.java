package io.github.adotspring.autoconfigure.aws;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests to AWS with Signature Version 4, over exactly the bytes that are sent. A
 * signature is good for five minutes, so every attempt is signed anew.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS
 * Signature Version 4</a>
 */
public final class SigV4Signer {

	private final AwsCredentials credentials;

	private final Clock clock;

	private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

	SigV4Signer(AwsCredentials credentials, Clock clock) {
		this.credentials = credentials;
		this.clock = clock;
	}

	/**
	 * Sign a POST.
	 * @param endpoint where it goes
	 * @param headers headers to send and sign
	 * @param body bytes to send
	 * @return the headers to send: those given and those of the signature
	 * @throws AwsConfigurationException if there are no credentials
	 */
	public Map<String, List<String>> sign(AwsEndpoint endpoint, Map<String, List<String>> headers, byte[] body) {
		AwsCredentialsIdentity identity = this.credentials.resolve();
		SdkHttpRequest request = SdkHttpRequest.builder()
			.method(SdkHttpMethod.POST)
			.uri(endpoint.url())
			.headers(headers)
			.build();
		return this.signer
			.sign((sign) -> sign.identity(identity)
				.request(request)
				.payload(() -> new ByteArrayInputStream(body))
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.service().signingName())
				.putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
				.putProperty(HttpSigner.SIGNING_CLOCK, this.clock))
			.request()
			.headers();
	}

}
