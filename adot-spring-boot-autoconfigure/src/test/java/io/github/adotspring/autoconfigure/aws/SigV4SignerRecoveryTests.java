package io.github.adotspring.autoconfigure.aws;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint.Builder;
import io.github.adotspring.autoconfigure.testing.ErrorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SigV4Signer#recover}, against an endpoint that verifies signatures.
 */
final class SigV4SignerRecoveryTests {

	private static final byte[] NO_SPANS = new byte[0];

	private static final AccessKey OLD = new AccessKey("ASIAOLDOLDOLDOLDOLD0", "old", "old-token");

	private static final AccessKey NEW = new AccessKey("ASIANEWNEWNEWNEWNEW0", "new", "new-token");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtomicReference<AccessKey> current = new AtomicReference<>(OLD);

	private final AtomicInteger asked = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(longs = { -20, 20, -60 * 24 * 400, 6 })
	void setsAWrongClockRightByTheDateOfTheAnswer(long minutes) throws Exception {
		try (var aws = start(OLD)) {
			SigV4Signer signer = signer(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes)));
			Exchange first = send(signer, aws);
			assertThat(first.response().statusCode()).isEqualTo(403);
			assertThat(first.text()).contains((minutes < 0) ? "Signature expired" : "Signature not yet current");
			assertThat(first.recover(signer)).isTrue();
			assertThat(send(signer, aws).response().statusCode()).isEqualTo(200);
			// It is learned for all that comes, not for one request.
			assertThat(send(signer, aws).response().statusCode()).isEqualTo(200);
			signer.forget();
			assertThat(send(signer, aws).response().statusCode()).isEqualTo(403);
		}
	}

	@Test
	void doesNotRecoverFromAWrongClockWithoutADate() throws Exception {
		try (var aws = start(OLD)) {
			SigV4Signer signer = signer(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)));
			Exchange first = send(signer, aws);
			assertThat(signer.recover(first.request(), 403, first.text(), null)).isFalse();
			assertThat(signer.recover(first.request(), 403, first.text(), "now")).isFalse();
			assertThat(send(signer, aws).response().statusCode()).isEqualTo(403);
		}
	}

	@Test
	void asksForOtherCredentialsWhenTheTokenExpired() throws Exception {
		try (var aws = start(OLD, NEW)) {
			SigV4Signer signer = signer(Clock.systemUTC());
			aws.enqueue(Answer.error(403, "The security token included in the request is expired"));
			Exchange first = send(signer, aws);
			this.current.set(NEW);
			assertThat(first.recover(signer)).isTrue();
			Exchange second = send(signer, aws);
			assertThat(second.response().statusCode()).isEqualTo(200);
			assertThat(aws.requests().get(1).header("x-amz-security-token")).isEqualTo("new-token");
		}
	}

	@Test
	void asksForOtherCredentialsWhenTheyWereRotated() throws Exception {
		try (var aws = start(NEW)) {
			SigV4Signer signer = signer(Clock.systemUTC());
			Exchange first = send(signer, aws);
			assertThat(first.text()).isEqualTo("The security token included in the request is invalid.");
			this.current.set(NEW);
			assertThat(first.recover(signer)).isTrue();
			assertThat(send(signer, aws).response().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void doesNotRecoverWhenTheSourceHasNoOtherCredentials() throws Exception {
		try (var aws = start(NEW)) {
			SigV4Signer signer = signer(Clock.systemUTC());
			assertThat(send(signer, aws).recover(signer)).isFalse();
		}
	}

	@Test
	void leavesItToTheNextSignatureToSayThatThereAreNoCredentialsAnyMore() throws Exception {
		try (var aws = start(NEW)) {
			SigV4Signer signer = signer(Clock.systemUTC());
			Exchange first = send(signer, aws);
			this.current.set(null);
			assertThat(first.recover(signer)).isTrue();
			assertThatExceptionOfType(AwsConfigurationException.class).isThrownBy(() -> send(signer, aws))
				.withMessageStartingWith("No AWS credentials were found");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "User: arn:aws:iam::123456789012:user/jane is not authorized to perform: logs:PutLogEvents",
					"Missing Authentication Token",
					"The request signature we calculated does not match the signature you provided." })
	void doesNotRecoverFromWhatStaysRefused(String text) throws Exception {
		try (var aws = start(OLD)) {
			SigV4Signer signer = signer(Clock.systemUTC());
			aws.enqueue(Answer.error(403, text));
			Exchange first = send(signer, aws);
			int before = this.asked.get();
			this.current.set(NEW);
			assertThat(first.recover(signer)).isFalse();
			assertThat(this.asked).hasValue(before);
		}
	}

	@Test
	void showsNoSecretInTheTextOfARequest() throws Exception {
		try (var aws = start(OLD)) {
			assertThat(send(signer(Clock.systemUTC()), aws).request().toString()).doesNotContain("old", "ASIA");
		}
	}

	private static io.github.adotspring.autoconfigure.testing.AwsEndpoint start(AccessKey... keys) {
		Builder builder = io.github.adotspring.autoconfigure.testing.AwsEndpoint.builder();
		return builder.credentials(keys).region("eu-west-1").errorFormat(ErrorFormat.JSON).start();
	}

	private SigV4Signer signer(Clock clock) {
		AwsCredentialsProvider provider = () -> {
			this.asked.incrementAndGet();
			AccessKey key = this.current.get();
			if (key == null) {
				throw new IllegalStateException("gone");
			}
			return AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken());
		};
		AwsProperties properties = TestProperties.of("region", "eu-west-1");
		return new SigV4Signer(new AwsCredentials(properties, new AwsRegionResolver(properties, null), provider),
				clock);
	}

	private Exchange send(SigV4Signer signer, io.github.adotspring.autoconfigure.testing.AwsEndpoint aws)
			throws Exception {
		AwsEndpoint endpoint = new AwsEndpoint(AwsService.XRAY, aws.url("/v1/traces"), "eu-west-1", "a test");
		SignedRequest signed = signer.sign(endpoint, Map.of("content-type", List.of("application/x-protobuf")),
				NO_SPANS);
		HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url()).POST(BodyPublishers.ofByteArray(NO_SPANS));
		JdkRequestHeaders.add(signed.headers(), request);
		return new Exchange(signed, this.client.send(request.build(), BodyHandlers.ofString()));
	}

	/**
	 * A request and what it was answered.
	 */
	private record Exchange(SignedRequest request, HttpResponse<String> response) {

		String text() {
			return this.response.body().replaceAll("^\\{\"message\": \"|\"}$", "");
		}

		boolean recover(SigV4Signer signer) {
			return signer.recover(this.request, this.response.statusCode(), text(),
					this.response.headers().firstValue("date").orElse(null));
		}

	}

}
