package io.github.adotspring.autoconfigure.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.SystemProperties;
import io.github.adotspring.autoconfigure.testing.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SigV4Signer}, judged by a verifier that shares no code with it.
 */
final class SigV4SignerTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-29T23:59:58Z"), ZoneOffset.UTC);

	private static final AccessKey TEMPORARY = new AccessKey("ASIAIOSFODNN7EXAMPLE", "secret/with+signs",
			"IQoJb3JpZ2luX2VjE//////////+Example==");

	private static final byte[] BODY = "spans".getBytes(StandardCharsets.UTF_8);

	@ParameterizedTest
	@EnumSource
	void signsForEachServiceByItsOwnName(AwsService service) {
		AwsEndpoint endpoint = endpoint(service,
				"https://%s.eu-west-1.amazonaws.com/path".formatted(service.signingName()));
		sign(AccessKey.EXAMPLE, endpoint, Map.of("content-type", List.of("application/x-protobuf"))).isAccepted();
	}

	@Test
	void signsWithTemporaryCredentials() {
		Signed signed = sign(TEMPORARY, endpoint(AwsService.XRAY, "https://xray.eu-west-1.amazonaws.com/v1/traces"),
				Map.of());
		signed.isAccepted();
		assertThat(signed.request().headerValues("x-amz-security-token")).containsExactly(TEMPORARY.sessionToken());
	}

	@Test
	void signsTheTimeOfItsClock() {
		Signed signed = sign(AccessKey.EXAMPLE,
				endpoint(AwsService.XRAY, "https://xray.eu-west-1.amazonaws.com/v1/traces"), Map.of());
		assertThat(signed.request().headerValues("x-amz-date")).containsExactly("20240229T235958Z");
		assertThat(signed.request().header("authorization"))
			.startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240229/eu-west-1/xray/aws4_request, ");
	}

	@Test
	void signsHeadersThatComeAlongAndKeepsThem() {
		Map<String, List<String>> headers = Map.of("content-type", List.of("application/x-protobuf"),
				"content-encoding", List.of("gzip"), "x-aws-log-group", List.of("shop"), "x-tenant",
				List.of("  two  spaces ", "and another"));
		Signed signed = sign(AccessKey.EXAMPLE,
				endpoint(AwsService.LOGS, "https://logs.eu-west-1.amazonaws.com/v1/logs"), headers);
		signed.isAccepted();
		assertThat(signed.request().headerValues("x-aws-log-group")).containsExactly("shop");
		assertThat(signed.request().header("authorization")).contains("content-encoding;content-type;host;",
				"x-aws-log-group");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://proxy.example.com/v1/traces", "https://proxy.example.com/a%20b/~me/v1/traces",
			"https://proxy.example.com", "https://proxy.example.com/", "https://proxy.example.com/caf%C3%A9/v1/traces",
			"https://proxy.example.com/a+b=c/v1/traces", "https://proxy.example.com/v1/traces/",
			"https://proxy.example.com:8443/v1/traces", "http://127.0.0.1:4318/v1/traces" })
	void signsThePathAndHostThatAreSent(String url) {
		sign(AccessKey.EXAMPLE, endpoint(AwsService.XRAY, url), Map.of()).isAccepted();
	}

	@Test
	void signsExactlyTheBody() {
		Signed signed = sign(AccessKey.EXAMPLE,
				endpoint(AwsService.XRAY, "https://xray.eu-west-1.amazonaws.com/v1/traces"), Map.of());
		ReceivedRequest changed = new ReceivedRequest("POST", "/v1/traces", null, signed.request().headers(),
				"other".getBytes(StandardCharsets.UTF_8));
		assertThat(signed.verifier().verify(changed)).isInstanceOf(Verdict.Refused.class);
	}

	@Test
	void signsAnEmptyBody() {
		AwsEndpoint endpoint = endpoint(AwsService.XRAY, "https://xray.eu-west-1.amazonaws.com/v1/traces");
		sign(AccessKey.EXAMPLE, endpoint, Map.of(), new byte[0]).isAccepted();
	}

	@Test
	void doesNotSignWithoutCredentials() {
		try (SystemProperties system = SystemProperties.withoutAws(); AwsCredentials credentials = credentials(null)) {
			assertThat(system).isNotNull();
			SigV4Signer signer = new SigV4Signer(credentials, CLOCK);
			AwsEndpoint endpoint = endpoint(AwsService.XRAY, "https://xray.eu-west-1.amazonaws.com/v1/traces");
			assertThatExceptionOfType(AwsConfigurationException.class)
				.isThrownBy(() -> signer.sign(endpoint, Map.of(), BODY));
		}
	}

	private static Signed sign(AccessKey key, AwsEndpoint endpoint, Map<String, List<String>> headers) {
		return sign(key, endpoint, headers, BODY);
	}

	private static Signed sign(AccessKey key, AwsEndpoint endpoint, Map<String, List<String>> headers, byte[] body) {
		AwsCredentialsProvider provider = StaticCredentialsProvider.create(
				(key.sessionToken() != null) ? AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken())
						: AwsBasicCredentials.create(key.id(), key.secret()));
		try (AwsCredentials credentials = credentials(provider)) {
			Map<String, List<String>> signed = new SigV4Signer(credentials, CLOCK).sign(endpoint, headers, body)
				.headers();
			String path = endpoint.url().getRawPath();
			ReceivedRequest request = new ReceivedRequest("POST", path.isEmpty() ? "/" : path, null, signed, body);
			return new Signed(request,
					new SigV4Verifier(endpoint.service().signingName(), endpoint.region(), List.of(key), CLOCK));
		}
	}

	private static AwsCredentials credentials(@Nullable AwsCredentialsProvider provider) {
		AwsProperties properties = TestProperties.of("region", "eu-west-1");
		return new AwsCredentials(properties, new AwsRegionResolver(properties, null), provider);
	}

	private static AwsEndpoint endpoint(AwsService service, String url) {
		return new AwsEndpoint(service, URI.create(url), "eu-west-1", "a test");
	}

	/**
	 * A signed request as a server sees it.
	 */
	private record Signed(ReceivedRequest request, SigV4Verifier verifier) {

		void isAccepted() {
			assertThat(this.verifier.verify(this.request)).isEqualTo(new Verdict.Accepted());
		}

	}

}
