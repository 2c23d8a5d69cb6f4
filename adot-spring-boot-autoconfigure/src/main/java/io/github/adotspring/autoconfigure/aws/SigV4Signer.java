package io.github.adotspring.autoconfigure.aws;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests to AWS with Signature Version 4, over exactly the bytes that are sent. A
 * signature is good for five minutes, so every attempt is signed anew. Safe for use by
 * several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS
 * Signature Version 4</a>
 */
public final class SigV4Signer {

	private final AwsCredentials credentials;

	private final SigningClock clock;

	private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

	SigV4Signer(AwsCredentials credentials, Clock clock) {
		this.credentials = credentials;
		this.clock = new SigningClock(clock);
	}

	/**
	 * Sign a POST.
	 * @param endpoint where it goes
	 * @param headers headers to send and sign
	 * @param body bytes to send
	 * @return the headers to send, which are also the way back after a refusal
	 * @throws AwsConfigurationException if there are no credentials
	 */
	public SignedRequest sign(AwsEndpoint endpoint, Map<String, List<String>> headers, byte[] body) {
		AwsCredentialsIdentity identity = this.credentials.resolve();
		Instant now = this.clock.instant();
		SdkHttpRequest request = SdkHttpRequest.builder()
			.method(SdkHttpMethod.POST)
			.uri(endpoint.url())
			.headers(headers)
			.build();
		Map<String, List<String>> signed = this.signer
			.sign((sign) -> sign.identity(identity)
				.request(request)
				.payload(() -> new ByteArrayInputStream(body))
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.service().signingName())
				.putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
				.putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
			.request()
			.headers();
		return new SignedRequest(signed, identity, now);
	}

	/**
	 * Make good what AWS refused a signature for: credentials that expired or were
	 * rotated are asked for anew, and a clock that is wrong is set right by that of AWS.
	 * What is learned holds for all signals. New credentials can take a network call. How
	 * often one payload is signed again is for the caller to limit.
	 * @param refused what was signed
	 * @param status status of the answer
	 * @param text what the body of the answer says
	 * @param date the {@code Date} header of the answer
	 * @return whether signing again can help
	 */
	public boolean recover(SignedRequest refused, int status, String text, @Nullable String date) {
		SignatureRefusal refusal = SignatureRefusal.of(status, text);
		if (refusal == null) {
			return false;
		}
		return switch (refusal) {
			case CLOCK_SKEW -> this.clock.learn(refused.time(), date);
			case TOKEN_EXPIRED, TOKEN_INVALID -> renew(refused.identity());
		};
	}

	private boolean renew(AwsCredentialsIdentity refused) {
		try {
			return this.credentials.renew(refused);
		}
		catch (RuntimeException ex) {
			// Why there are no credentials any more says more than the refusal, and
			// signing again says it.
			return true;
		}
	}

	/**
	 * Forget the credentials and what was learned of the clock. Both are of the past when
	 * a process is restored from a checkpoint.
	 */
	public void forget() {
		this.clock.forget();
		this.credentials.forget();
	}

}
