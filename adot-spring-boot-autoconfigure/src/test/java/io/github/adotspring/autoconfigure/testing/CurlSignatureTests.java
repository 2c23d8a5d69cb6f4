package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Lets curl sign requests, which shares no code with this project or with the AWS SDK.
 */
class CurlSignatureTests {

	private static final byte[] SPANS = ExportTraceServiceRequest.newBuilder()
		.addResourceSpans(ResourceSpans.newBuilder()
			.addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName("signed by curl"))))
		.build()
		.toByteArray();

	@BeforeAll
	static void requireCurl() {
		assumeThat(curlOptions()).as("options of the installed curl").contains("--aws-sigv4");
	}

	@Test
	void acceptsWhatCurlSigns() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			assertThat(post(endpoint, "us-east-1", "xray")).isEqualTo("200");
			assertThat(endpoint.awaitSpans(1)).extracting(ReceivedSpan::name).containsExactly("signed by curl");
		}
	}

	@Test
	void acceptsWhatCurlSignsWithTemporaryCredentials() throws Exception {
		AccessKey key = AccessKey.EXAMPLE.withSessionToken("token/of+session==");
		try (AwsEndpoint endpoint = AwsEndpoint.builder().credentials(key).start()) {
			assertThat(post(endpoint, "us-east-1", "xray", "x-amz-security-token: token/of+session=="))
				.isEqualTo("200");
			assertThat(endpoint.refusals()).isEmpty();
		}
	}

	@Test
	void refusesWhatCurlSignsForAnotherService() throws Exception {
		try (AwsEndpoint endpoint = AwsEndpoint.start()) {
			assertThat(post(endpoint, "us-east-1", "logs")).isEqualTo("403");
			assertThat(endpoint.refusals()).extracting(Verdict.Refused::message)
				.containsExactly("Credential should be scoped to correct service: 'xray'.");
		}
	}

	private static String post(AwsEndpoint endpoint, String region, String service, String... headers)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of("curl", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*", "--output", "-",
						"--write-out", "%{http_code}", "--aws-sigv4", "aws:amz:" + region + ":" + service, "--user",
						AccessKey.EXAMPLE.id() + ":" + AccessKey.EXAMPLE.secret(), "--header",
						"Content-Type: application/x-protobuf", "--header",
						"x-amz-content-sha256: " + Hashes.sha256Hex(SPANS)));
		for (String header : headers) {
			command.addAll(List.of("--header", header));
		}
		command.addAll(List.of("--data-binary", "@-", endpoint.url("/v1/traces").toString()));
		Process curl = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (OutputStream input = curl.getOutputStream()) {
			input.write(SPANS);
		}
		String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		assertThat(curl.waitFor()).as("exit code of curl").isZero();
		return output.substring(output.length() - 3);
	}

	private static String curlOptions() {
		try {
			Process curl = new ProcessBuilder("curl", "--help", "all").redirectErrorStream(true).start();
			return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "no curl: " + ex.getMessage();
		}
	}

}
