package io.github.adotspring.autoconfigure.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import io.github.adotspring.autoconfigure.testing.Script;
import io.github.adotspring.autoconfigure.testing.ScriptedEndpoint;
import io.github.adotspring.autoconfigure.testing.SelfSignedCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Advice}, with texts as AWS, collectors and the JDK send them.
 */
final class AdviceTests {

	private static final String TRANSACTION_SEARCH = "The OTLP API is supported with CloudWatch Logs as a Trace Segment "
			+ "Destination. Please enable the CloudWatch Logs destination for your traces using the "
			+ "UpdateTraceSegmentDestination API (https://docs.aws.amazon.com/xray/latest/api/"
			+ "API_UpdateTraceSegmentDestination.html)";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					XRAY | 403 | Credential should be scoped to correct service: 'monitoring'. | xray.eu-west-1.amazonaws.com belongs to another service than AWS X-Ray, which the request was signed for; correct the endpoint (region from AWS_REGION).
					XRAY | 403 | Credential should be scoped to a valid region. | The request was signed for the region eu-west-1, and xray.eu-west-1.amazonaws.com is in another; correct the one or the other (region from AWS_REGION).
					XRAY | 403 | Credential should be scoped to correct region: 'us-east-1'. | The request was signed for the region eu-west-1, and xray.eu-west-1.amazonaws.com is in another; correct the one or the other (region from AWS_REGION).
					XRAY | 403 | Missing Authentication Token | The request arrived without its signature; let the proxy or gateway on the way to xray.eu-west-1.amazonaws.com keep the headers 'Authorization' and 'X-Amz-*'.
					XRAY | 403 | The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. | What arrived is not what was signed: the secret access key is wrong, or a proxy on the way to xray.eu-west-1.amazonaws.com changes the host, path, headers or body.
					XRAY | 403 | SignatureDoesNotMatch | What arrived is not what was signed: the secret access key is wrong, or a proxy on the way to xray.eu-west-1.amazonaws.com changes the host, path, headers or body.
					XRAY | 403 | Signature expired: 20240522T115159Z is now earlier than 20240522T120519Z (20240522T121019Z - 5 min.) | The clock of this machine is more than five minutes off; synchronize it, with NTP or the Amazon Time Sync Service.
					LOGS | 400 | InvalidSignatureException: Signature not yet current: 20260627T150000Z is still later than 20260627T143000Z (20260627T144500Z + 15 min.) | The clock of this machine is more than five minutes off; synchronize it, with NTP or the Amazon Time Sync Service.
					XRAY | 403 | The security token included in the request is expired | The session token of the credentials has expired and their source gives no other; sign in again, or let the source refresh it.
					XRAY | 403 | The security token included in the request is invalid. | AWS does not know these credentials: they were rotated or deleted, or are of another partition; 'aws sts get-caller-identity' with the same credentials shows whether AWS takes them.
					LOGS | 400 | The specified log group does not exist. | Create it, or have it created by 'management.adot.logging.create': aws logs create-log-group --region eu-west-1 --log-group-name GROUP && aws logs create-log-stream --region eu-west-1 --log-group-name GROUP --log-stream-name STREAM
					LOGS | 404 | The specified log stream does not exist. | Create it, or have it created by 'management.adot.logging.create': aws logs create-log-stream --region eu-west-1 --log-group-name GROUP --log-stream-name STREAM
					LOGS | 400 | Missing required header x-aws-log-stream | Amazon CloudWatch Logs wants to know where logs belong; let the proxy or gateway on the way to logs.eu-west-1.amazonaws.com keep the headers 'x-aws-log-group' and 'x-aws-log-stream', and correct those in 'otel.exporter.otlp.logs.headers' if you set them.
					MONITORING | 404 | <UnknownOperationException/> | Amazon CloudWatch has no OTLP endpoint in the region eu-west-1; set 'management.adot.aws.region' to one that has, or send to a collector.
					XRAY | 0 | no connection: ConnectException | There is no way to xray.eu-west-1.amazonaws.com: check the region eu-west-1 (region from AWS_REGION), and give the network a NAT gateway, a VPC endpoint for 'xray', or a proxy in the system property 'https.proxyHost'.
					XRAY | 0 | no connection: UnknownHostException xray.eu-west-1.amazonaws.com | There is no way to xray.eu-west-1.amazonaws.com: check the region eu-west-1 (region from AWS_REGION), and give the network a NAT gateway, a VPC endpoint for 'xray', or a proxy in the system property 'https.proxyHost'.
					""")
	void knowsTheAnswersOfAws(AwsService service, int status, String text, String advice) {
		assertThat(aws(service, "eu-west-1", status, text)).isEqualTo(advice);
	}

	@Test
	void givesTheCommandsThatEnableTransactionSearch() {
		String advice = aws(AwsService.XRAY, "us-gov-west-1", 400, TRANSACTION_SEARCH);
		assertThat(advice)
			.startsWith("AWS X-Ray takes OTLP only with Transaction Search, which is enabled once for the account and "
					+ "region; with your account number for ACCOUNT: aws logs put-resource-policy --region us-gov-west-1 "
					+ "--policy-name transaction-search --policy-document '")
			.endsWith("' && aws xray update-trace-segment-destination --region us-gov-west-1 "
					+ "--destination CloudWatchLogs");
		Matcher policy = Pattern.compile("'(\\{.*})'").matcher(advice);
		assertThat(policy.find()).isTrue();
		assertThat(compact(policy.group(1))).isEqualTo(compact("""
				{
				  "Version": "2012-10-17",
				  "Statement": [{
				    "Effect": "Allow",
				    "Principal": { "Service": "xray.amazonaws.com" },
				    "Action": "logs:PutLogEvents",
				    "Resource": [
				      "arn:aws-us-gov:logs:us-gov-west-1:ACCOUNT:log-group:aws/spans:*",
				      "arn:aws-us-gov:logs:us-gov-west-1:ACCOUNT:log-group:/aws/application-signals/data:*"
				    ],
				    "Condition": {
				      "ArnLike": { "aws:SourceArn": "arn:aws-us-gov:xray:us-gov-west-1:ACCOUNT:*" },
				      "StringEquals": { "aws:SourceAccount": "ACCOUNT" }
				    }
				  }]
				}
				"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					XRAY | xray:PutTraceSegments | or AWS's 'AWSXrayWriteOnlyAccess' | User: arn:aws:sts::123456789012:assumed-role/shop/i-0490401a7d73f5c20 is not authorized to perform: xray:PutTraceSegments because no identity-based policy allows the xray:PutTraceSegments action
					LOGS | logs:PutLogEvents | or AWS's 'CloudWatchAgentServerPolicy' | User: arn:aws:iam::123456789012:user/jane is not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:eu-west-1:123456789012:log-group:shop:log-stream:default because no identity-based policy allows the logs:PutLogEvents action
					MONITORING | cloudwatch:PutMetricData | or AWS's 'CloudWatchAgentServerPolicy' | User: arn:aws:iam::123456789012:user/jane is not authorized to perform: cloudwatch:PutMetricData
					XRAY | xray:PutSpans | `` | User: arn:aws:iam::123456789012:user/jane is not authorized to perform: xray:PutSpans on resource: * because no identity-based policy allows the xray:PutSpans action
					MONITORING | cloudwatch:PutMetricData | or AWS's 'CloudWatchAgentServerPolicy' | AccessDeniedException
					LOGS | logs:PutLogEvents | or AWS's 'CloudWatchAgentServerPolicy' | Access Denied
					XRAY | xray:PutTraceSegments | or AWS's 'AWSXrayWriteOnlyAccess' | Forbidden
					""")
	void givesThePolicyThatAllowsTheAction(AwsService service, String action, String managed, String text) {
		String policy = "Attach the policy {\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
				+ action + "\",\"Resource\":\"*\"}]} to the role or user";
		assertThat(aws(service, "eu-west-1", 403, text))
			.isEqualTo(policy + (managed.isEmpty() ? "." : ", " + managed + "."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					with an explicit deny in a service control policy | A deny in a service control policy wins over every allow; have 'xray:PutTraceSegments' taken out of it.
					with an explicit deny in an identity-based policy | A deny in an identity-based policy wins over every allow; have 'xray:PutTraceSegments' taken out of it.
					with an explicit deny in a VPC endpoint policy | A deny in a VPC endpoint policy wins over every allow; have 'xray:PutTraceSegments' taken out of it.
					with an explicit deny | A deny in a policy wins over every allow; have 'xray:PutTraceSegments' taken out of it.
					because no service control policy allows the xray:PutTraceSegments action | A service control policy limits what the role may do; allow 'xray:PutTraceSegments' there too.
					because no permissions boundary allows the xray:PutTraceSegments action | A permissions boundary limits what the role may do; allow 'xray:PutTraceSegments' there too.
					because no VPC endpoint policy allows the xray:PutTraceSegments action | A VPC endpoint policy limits what the role may do; allow 'xray:PutTraceSegments' there too.
					because no session policy allows the xray:PutTraceSegments action | A session policy limits what the role may do; allow 'xray:PutTraceSegments' there too.
					""")
	void tellsPoliciesThatLimitFromThoseThatAllow(String reason, String advice) {
		String text = "User: arn:aws:sts::123456789012:assumed-role/shop/task is not authorized to perform: "
				+ "xray:PutTraceSegments on resource: * " + reason;
		assertThat(aws(AwsService.XRAY, "eu-west-1", 403, text)).isEqualTo(advice);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cn-north-1", "us-gov-west-1", "il-central-1", "me-south-1", "me-central-1" })
	void knowsWhereAwsTakesNoMetrics(String region) {
		String advice = "AWS lists no OTLP endpoint for metrics in the region " + region
				+ "; set 'management.adot.metrics.export.to' to 'emf', which every region takes.";
		assertThat(aws(AwsService.MONITORING, region, 0, "no connection: ConnectException")).isEqualTo(advice);
		assertThat(aws(AwsService.MONITORING, region, 404, "<UnknownOperationException/>")).isEqualTo(advice);
		assertThat(aws(AwsService.XRAY, region, 0, "no connection: ConnectException")).startsWith("There is no way");
	}

	@Test
	void asksForThePathOfAnEndpointThatTheUserGave() {
		AwsEndpoint endpoint = new AwsEndpoint(AwsService.XRAY, URI.create("https://vpce-1.example.com/traces"),
				"eu-west-1", "endpoint from management.adot.aws.traces-endpoint, region from AWS_REGION");
		assertThat(Advice.of(endpoint, endpoint.url(), 404, ""))
			.isEqualTo("The OTLP endpoint of AWS X-Ray has the path "
					+ "'/v1/traces'; correct the endpoint (endpoint from management.adot.aws.traces-endpoint, region from "
					+ "AWS_REGION).");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					https://otlp.example.com/v1/traces | 401 | Unauthenticated | otlp.example.com wants other credentials than it got; give them in 'otel.exporter.otlp.headers', such as 'authorization=Bearer TOKEN' or 'api-key=KEY'.
					https://otlp.example.com/v1/traces | 403 | `` | otlp.example.com wants other credentials than it got; give them in 'otel.exporter.otlp.headers', such as 'authorization=Bearer TOKEN' or 'api-key=KEY'.
					https://otlp.example.com/v1/traces | 403 | Missing Authentication Token | otlp.example.com wants a signature of AWS, and only AWS's own hosts are signed for unasked; set 'management.adot.export.to' to 'aws' and 'management.adot.aws.traces-endpoint', or that of the signal, to this URL.
					https://otlp.example.com/otlp | 404 | 404 page not found | The path '/otlp' is used as it is; give the full URL, which ends in '/v1/traces', '/v1/metrics' or '/v1/logs' at most receivers.
					http://collector:13133/v1/traces | 404 | 404 page not found | Nothing takes OTLP at http://collector:13133/v1/traces; check host and port, which is 4318 at most receivers, and what comes before '/v1/'.
					http://collector/v1/traces | 405 | Method Not Allowed | Nothing takes OTLP at http://collector/v1/traces; check host and port, which is 4318 at most receivers, and what comes before '/v1/'.
					http://collector:4318/v1/traces | 415 | unsupported media type | Telemetry is sent as 'application/x-protobuf', which every receiver of OTLP over HTTP takes; check that http://collector:4318/v1/traces is one.
					http://localhost:4318/v1/traces | 0 | no connection: ConnectException | No collector listens on localhost:4318; start one, or set 'management.adot.export.to' to 'console' or 'none'. In a container this address is the container itself.
					http://[::1]:4318/v1/traces | 0 | no connection: ConnectException | No collector listens on [::1]:4318; start one, or set 'management.adot.export.to' to 'console' or 'none'. In a container this address is the container itself.
					http://127.0.0.1:4318/v1/traces | 0 | no connection: ConnectException Connection refused | No collector listens on 127.0.0.1:4318; start one, or set 'management.adot.export.to' to 'console' or 'none'. In a container this address is the container itself.
					http://collector:4318/v1/traces | 0 | no connection: ConnectException | No collector was found at collector:4318; check the name, the port and the network, or set 'management.adot.export.to' to 'console' or 'none'.
					http://collector:4317/v1/traces | 0 | no connection: ProtocolException Invalid status line: "?" | Port 4317 speaks gRPC at most receivers; give the one that speaks OTLP over HTTP, which is 4318.
					http://collector:4317/v1/traces | 0 | no connection: IOException HTTP/1.1 header parser received no bytes | Port 4317 speaks gRPC at most receivers; give the one that speaks OTLP over HTTP, which is 4318.
					""")
	void knowsTheAnswersOfCollectors(URI url, int status, String text, String advice) {
		assertThat(Advice.of(null, url, status, text)).isEqualTo(advice);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					307 | `` | Redirects are not followed, since a signature and the credentials in headers are for one host; set the endpoint to the URL that https://localhost:4318/v1/traces redirects to.
					301 | <html>Moved Permanently</html> | Redirects are not followed, since a signature and the credentials in headers are for one host; set the endpoint to the URL that https://localhost:4318/v1/traces redirects to.
					0 | no connection: SSLException Unsupported or unrecognized SSL message | Port 4318 of localhost does not speak TLS; write the endpoint with 'http://', or give the port that does.
					0 | no connection: SSLException Unrecognized SSL message, plaintext connection? | Port 4318 of localhost does not speak TLS; write the endpoint with 'http://', or give the port that does.
					400 | Client sent an HTTP request to an HTTPS server. | Port 4318 of localhost speaks TLS; write the endpoint with 'https://'.
					0 | no connection: SSLHandshakeException No subject alternative DNS name matching localhost found. | The certificate of the server is not for the host 'localhost'; write the endpoint with a name that the certificate holds.
					0 | no connection: SSLHandshakeException No name matching localhost found | The certificate of the server is not for the host 'localhost'; write the endpoint with a name that the certificate holds.
					0 | no connection: SSLHandshakeException PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed NotAfter: Sat Jan 01 00:00:00 UTC 2022 | The certificate of localhost is out of date, or the clock of this machine is; renew the one or set the other.
					0 | no connection: SSLHandshakeException PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target | The certificate of localhost is signed by an authority that this JVM does not trust, of your own or of a proxy that opens TLS; give its certificate, a PEM file, in 'otel.exporter.otlp.certificate'.
					0 | no connection: SSLHandshakeException Received fatal alert: bad_certificate | The server wants a certificate of the client; give one in 'otel.exporter.otlp.client.certificate' and its key in 'otel.exporter.otlp.client.key', both PEM files.
					0 | no connection: SSLHandshakeException Remote host terminated the handshake | TLS with localhost failed; check that the port speaks TLS and that no proxy on the way ends the connection.
					0 | no connection: SSLHandshakeException Received fatal alert: handshake_failure | TLS with localhost failed; check that the port speaks TLS and that no proxy on the way ends the connection.
					""")
	void knowsWhatGoesWrongOnTheWay(int status, String text, String advice) {
		URI url = URI.create("https://localhost:4318/v1/traces");
		assertThat(Advice.of(null, url, status, text)).isEqualTo(advice);
		AwsEndpoint aws = new AwsEndpoint(AwsService.XRAY, url, "eu-west-1", "a test");
		assertThat(Advice.of(aws, url, status, text)).isEqualTo(advice);
	}

	@Test
	void knowsWhatTheJdkSaysOfTls() {
		SelfSignedCertificate other = SelfSignedCertificate.of("collector.example.com");
		String ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
		try (ScriptedEndpoint tls = ScriptedEndpoint.startTls(other, Script.answer(ok));
				ScriptedEndpoint plain = ScriptedEndpoint.start(Script.plain(ok));
				BrokenEndpoint refusing = BrokenEndpoint.refusing()) {
			assertThat(adviceOnRequestTo(tls.url("/v1/traces"), null))
				.contains("signed by an authority that this JVM does not trust");
			assertThat(adviceOnRequestTo(tls.url("/v1/traces"), other.clientContext()))
				.startsWith("The certificate of the server is not for the host '127.0.0.1'");
			assertThat(adviceOnRequestTo(plain.urlOfOtherScheme("/v1/traces"), null))
				.endsWith("does not speak TLS; write the endpoint with 'http://', or give the port that does.");
			assertThat(adviceOnRequestTo(refusing.url("/v1/traces"), null)).startsWith("No collector listens on");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "500 | Internal Server Error", "503 | Service Unavailable", "429 | Too Many Requests",
					"400 | The payload is too large", "0 | no answer in time",
					"0 | no connection: IOException HTTP/1.1 header parser received no bytes" })
	void isSilentWhereItKnowsNothing(int status, String text) {
		URI url = URI.create("http://collector:4318/v1/traces");
		assertThat(Advice.of(null, url, status, text)).isNull();
		assertThat(aws(AwsService.XRAY, "eu-west-1", status, text)).isNull();
	}

	@Test
	void knowsTheOtherEndpointsThatMetricsGoTo() {
		assertThat(aws(AwsService.AMP, "eu-west-1", "/workspaces/ws-1/api/v1/remote_write", 404, "")).isEqualTo(
				"There is no such workspace in the region eu-west-1; correct 'management.adot.metrics.amp.workspace-id'.");
		assertThat(aws(AwsService.AMP, "eu-west-1", "/", 403, "Access Denied")).contains("aps:RemoteWrite");
		assertThat(aws(AwsService.LOGS, "eu-west-1", "/", 400, "The specified log group does not exist."))
			.startsWith("The log group or stream is missing and could not be created")
			.contains("logs:CreateLogGroup");
		assertThat(aws(AwsService.LOGS, "eu-west-1", "/", 404, "")).doesNotContain("/v1/logs");
	}

	@Test
	void knowsThePermissionThatTheStarterLacksToCreateALogGroup() {
		String refusal = "HTTP 400: The specified log group does not exist. "
				+ "(logs:CreateLogGroup on log group '/adot/shop' was refused: HTTP 400 AccessDeniedException)";
		assertThat(aws(AwsService.LOGS, "eu-west-1", 400, refusal)).contains("\"Action\":\"logs:CreateLogGroup\"");
		assertThat(aws(AwsService.LOGS, "eu-west-1", "/", 400, refusal)).contains("\"Action\":\"logs:CreateLogGroup\"");
		assertThat(aws(AwsService.LOGS, "eu-west-1", 400,
				"HTTP 400: The specified log group does not exist. (log group '/adot/shop' and log stream 'one' "
						+ "are not created, since 'management.adot.logging.create' is off)"))
			.endsWith("aws logs create-log-group --region eu-west-1 --log-group-name /adot/shop && aws logs "
					+ "create-log-stream --region eu-west-1 --log-group-name /adot/shop --log-stream-name one");
	}

	@ParameterizedTest
	@EnumSource
	void isOneLine(AwsService service) {
		for (int status : new int[] { 0, 301, 400, 401, 403, 404, 405, 415 }) {
			Arrays
				.asList(TRANSACTION_SEARCH, "ConnectException", "log group does not exist", "Access Denied", "PKIX",
						"SSLException", "Missing Authentication Token", "")
				.forEach((text) -> {
					String advice = aws(service, "cn-north-1", status, text);
					if (advice != null) {
						assertThat(advice).doesNotContain("\n").doesNotContain("%").doesNotContain("null");
					}
				});
		}
	}

	private static @Nullable String aws(AwsService service, String region, int status, String text) {
		return aws(service, region, service.takesOtlp() ? service.path() : "/", status, text);
	}

	private static @Nullable String aws(AwsService service, String region, String path, int status, String text) {
		URI url = URI.create("https://" + service.signingName() + "." + region + ".amazonaws.com" + path);
		return Advice.of(new AwsEndpoint(service, url, region, "region from AWS_REGION"), url, status, text);
	}

	private static @Nullable String adviceOnRequestTo(URI url, @Nullable SSLContext context) {
		HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
		HttpRequest request = HttpRequest.newBuilder(url).build();
		try {
			((context != null) ? client.sslContext(context) : client).build().send(request, BodyHandlers.discarding());
			throw new AssertionError("The request succeeded");
		}
		catch (IOException ex) {
			return Advice.of(null, url, 0, ErrorText.clean("no connection: " + ex));
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String compact(String json) {
		return json.replaceAll("\\s+", "");
	}

}
