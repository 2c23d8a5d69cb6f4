package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;
import io.github.adotspring.autoconfigure.aws.SignatureRefusal;
import org.jspecify.annotations.Nullable;

/**
 * What to do about the refusals of AWS's OTLP endpoints.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPTroubleshooting.html">Troubleshooting
 * of the OTLP endpoints</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html">Troubleshoot
 * Signature Version 4</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-PromQL.html">Regions
 * with OTLP metrics</a>
 */
final class AwsAdvice {

	private static final Set<Integer> NO_ANSWER = Set.of(0);

	private static final Set<Integer> REFUSED = Set.of(400, 401, 403);

	private static final Pattern ACCESS_DENIED = Pattern
		.compile("not authorized|AccessDenied|access denied|explicit deny|Forbidden", Pattern.CASE_INSENSITIVE);

	private static final List<KnownAnswer<AwsEndpoint>> ANSWERS = List.of(
			KnownAnswer.of(Set.of(400), "CloudWatch Logs as a Trace Segment Destination",
					AwsAdvice::enableTransactionSearch),
			KnownAnswer.of(REFUSED, "scoped to correct service", AwsAdvice::useTheHostOfTheService),
			KnownAnswer.of(REFUSED, "scoped to (a valid|correct) region", AwsAdvice::useTheRegionOfTheHost),
			KnownAnswer.of(REFUSED, "Missing Authentication Token", AwsAdvice::keepTheSignature),
			KnownAnswer.of(REFUSED,
					"signature we calculated does not match|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature",
					AwsAdvice::signWhatArrives),
			KnownAnswer.of(Set.of(400, 404), "log group does not exist", AwsAdvice::createTheLogGroup),
			KnownAnswer.of(Set.of(400, 404), "log stream does not exist", AwsAdvice::createTheLogStream),
			KnownAnswer.of(Set.of(400), "logs:Create|are not created, since", AwsAdvice::createTheLogGroup),
			KnownAnswer.of(Set.of(400), "x-aws-log-(group|stream)", AwsAdvice::letTheHeadersArrive),
			KnownAnswer.of(Set.of(400, 403), ACCESS_DENIED.pattern(), AccessDeniedAdvice::of),
			KnownAnswer.of(Set.of(404), "", AwsAdvice::checkTheEndpointInTheRegion),
			KnownAnswer.of(NO_ANSWER,
					"ConnectException|UnknownHost|Unresolved|NoRouteToHost|Connection refused|connect timed out",
					AwsAdvice::makeAWayToTheEndpoint));

	private AwsAdvice() {
	}

	static @Nullable String of(AwsEndpoint endpoint, int status, String text) {
		SignatureRefusal refusal = SignatureRefusal.of(status, text);
		return (refusal != null) ? renewTheSignature(refusal) : KnownAnswer.advise(ANSWERS, endpoint, status, text);
	}

	private static String renewTheSignature(SignatureRefusal refusal) {
		return switch (refusal) {
			case CLOCK_SKEW -> "The clock of this machine is more than five minutes off; synchronize it, with NTP or "
					+ "the Amazon Time Sync Service.";
			case TOKEN_EXPIRED -> "The session token of the credentials has expired and their source gives no other; "
					+ "sign in again, or let the source refresh it.";
			case TOKEN_INVALID ->
				"AWS does not know these credentials: they were rotated or deleted, or are of another "
						+ "partition; 'aws sts get-caller-identity' with the same credentials shows whether AWS takes them.";
		};
	}

	/**
	 * The policy is that of AWS's page, condition included.
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html">Enable
	 * Transaction Search</a>
	 */
	private static String enableTransactionSearch(AwsEndpoint endpoint, String text) {
		return """
				AWS X-Ray takes OTLP only with Transaction Search, which is enabled once for the account and region; with your \
				account number for ACCOUNT: aws logs put-resource-policy --region %2$s --policy-name transaction-search \
				--policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":\
				"xray.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":["arn:%1$s:logs:%2$s:ACCOUNT:log-group:\
				aws/spans:*","arn:%1$s:logs:%2$s:ACCOUNT:log-group:/aws/application-signals/data:*"],"Condition":{"ArnLike":\
				{"aws:SourceArn":"arn:%1$s:xray:%2$s:ACCOUNT:*"},"StringEquals":{"aws:SourceAccount":"ACCOUNT"}}}]}' \
				&& aws xray update-trace-segment-destination --region %2$s --destination CloudWatchLogs"""
			.formatted(endpoint.partition(), endpoint.region());
	}

	private static String useTheHostOfTheService(AwsEndpoint endpoint, String text) {
		return "%s belongs to another service than %s, which the request was signed for; correct the endpoint (%s)."
			.formatted(endpoint.url().getHost(), endpoint.service().displayName(), endpoint.origin());
	}

	private static String useTheRegionOfTheHost(AwsEndpoint endpoint, String text) {
		return "The request was signed for the region %s, and %s is in another; correct the one or the other (%s)."
			.formatted(endpoint.region(), endpoint.url().getHost(), endpoint.origin());
	}

	private static String keepTheSignature(AwsEndpoint endpoint, String text) {
		return ("The request arrived without its signature; let the proxy or gateway on the way to %s "
				+ "keep the headers 'Authorization' and 'X-Amz-*'.")
			.formatted(endpoint.url().getHost());
	}

	private static String signWhatArrives(AwsEndpoint endpoint, String text) {
		return ("What arrived is not what was signed: the secret access key is wrong, or a proxy on the way to %s "
				+ "changes the host, path, headers or body.")
			.formatted(endpoint.url().getHost());
	}

	private static String createTheLogGroup(AwsEndpoint endpoint, String text) {
		if (ACCESS_DENIED.matcher(text).find()) {
			return AccessDeniedAdvice.of(endpoint, text);
		}
		return !isOtlp(endpoint) ? allowToCreateTheLogGroup()
				: "Create it, or have it created by 'management.adot.logging.create': "
						+ createLog("group", endpoint, text) + " && " + createLog("stream", endpoint, text);
	}

	private static String createTheLogStream(AwsEndpoint endpoint, String text) {
		if (ACCESS_DENIED.matcher(text).find()) {
			return AccessDeniedAdvice.of(endpoint, text);
		}
		return !isOtlp(endpoint) ? allowToCreateTheLogGroup()
				: "Create it, or have it created by 'management.adot.logging.create': "
						+ createLog("stream", endpoint, text);
	}

	private static String allowToCreateTheLogGroup() {
		return "The log group or stream is missing and could not be created; allow 'logs:CreateLogGroup' and "
				+ "'logs:CreateLogStream', or create those of 'management.adot.metrics.emf.log-group' and "
				+ "'management.adot.metrics.emf.log-stream'.";
	}

	/**
	 * Whether requests are OTLP, and not those of the classic API of CloudWatch Logs.
	 */
	private static boolean isOtlp(AwsEndpoint endpoint) {
		return endpoint.service() != AwsService.LOGS || endpoint.url().getPath().length() > 1;
	}

	private static String createLog(String what, AwsEndpoint endpoint, String text) {
		return "aws logs create-log-%s --region %s --log-group-name %s%s".formatted(what, endpoint.region(),
				named("group", text), what.equals("stream") ? " --log-stream-name " + named("stream", text) : "");
	}

	/**
	 * A name as {@link LogStreamCreation} tells it.
	 */
	private static String named(String what, String text) {
		Matcher name = Pattern.compile("log " + what + " '([^'%]+)'").matcher(text);
		return name.find() ? name.group(1) : what.toUpperCase(Locale.ROOT);
	}

	private static String letTheHeadersArrive(AwsEndpoint endpoint, String text) {
		return ("Amazon CloudWatch Logs wants to know where logs belong; let the proxy or gateway on the way to %s keep "
				+ "the headers 'x-aws-log-group' and 'x-aws-log-stream', and correct those in "
				+ "'otel.exporter.otlp.logs.headers' if you set them.")
			.formatted(endpoint.url().getHost());
	}

	private static String checkTheEndpointInTheRegion(AwsEndpoint endpoint, String text) {
		if (endpoint.service() == AwsService.AMP) {
			return "There is no such workspace in the region %s; correct 'management.adot.metrics.amp.workspace-id'."
				.formatted(endpoint.region());
		}
		String path = endpoint.service().path();
		if (isOtlp(endpoint) && !endpoint.url().getPath().endsWith(path)) {
			return "The OTLP endpoint of %s has the path '%s'; correct the endpoint (%s)."
				.formatted(endpoint.service().displayName(), path, endpoint.origin());
		}
		return orMetricsElsewhere(endpoint,
				("%s has no OTLP endpoint in the region %s; set 'management.adot.aws.region' to one that has, "
						+ "or send to a collector.")
					.formatted(endpoint.service().displayName(), endpoint.region()));
	}

	private static String makeAWayToTheEndpoint(AwsEndpoint endpoint, String text) {
		return orMetricsElsewhere(endpoint,
				("There is no way to %s: check the region %s (%s), and give the network a NAT gateway, "
						+ "a VPC endpoint for '%s', or a proxy in the system property 'https.proxyHost'.")
					.formatted(endpoint.url().getHost(), endpoint.region(), endpoint.origin(),
							endpoint.service().signingName()));
	}

	private static String orMetricsElsewhere(AwsEndpoint endpoint, String otherwise) {
		String warning = OtlpMetricsRegions.warning(endpoint);
		return (warning != null) ? warning : otherwise;
	}

}
