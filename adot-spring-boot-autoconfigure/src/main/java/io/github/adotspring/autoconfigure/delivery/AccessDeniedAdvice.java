package io.github.adotspring.autoconfigure.delivery;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.aws.AwsEndpoint;
import io.github.adotspring.autoconfigure.aws.AwsService;

/**
 * What to do about a missing permission: the action that AWS names, else the one that the
 * endpoint is known to ask for, and the kind of policy that lacks it or denies it.
 * <p>
 * AWS's pages on OTLP call the managed policy for traces AWSXrayWriteOnlyPolicy; its name
 * is AWSXrayWriteOnlyAccess.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot
 * access denied error messages</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLP-UsingADOT.html">Permissions
 * of the OTLP endpoints</a>
 */
final class AccessDeniedAdvice {

	/** As AWS names it, or as what the starter called on its own account is told. */
	private static final Pattern ACTION = Pattern.compile("(?:perform:? |\\()(?<action>[a-z0-9-]+:[A-Za-z0-9]+)");

	private static final Pattern EXPLICIT_DENY = Pattern.compile(
			"explicit deny(?: in (?<policy>an? [\\w -]*?(?:policy|permissions boundary)))?", Pattern.CASE_INSENSITIVE);

	private static final Pattern MISSING_ALLOW = Pattern
		.compile("because no (?<policy>[\\w -]*?(?:policy|permissions boundary)) allows", Pattern.CASE_INSENSITIVE);

	private AccessDeniedAdvice() {
	}

	static String of(AwsEndpoint endpoint, String text) {
		String action = action(endpoint.service(), text);
		Matcher deny = EXPLICIT_DENY.matcher(text);
		if (deny.find()) {
			String policy = (deny.group("policy") != null) ? deny.group("policy") : "a policy";
			return "A deny in " + policy + " wins over every allow; have '" + action + "' taken out of it.";
		}
		Matcher missing = MISSING_ALLOW.matcher(text);
		if (missing.find() && !missing.group("policy").toLowerCase(Locale.ROOT).startsWith("identity")) {
			return "A " + missing.group("policy") + " limits what the role may do; allow '" + action + "' there too.";
		}
		return "Attach the policy {\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
				+ action + "\",\"Resource\":\"*\"}]} to the role or user" + orManaged(endpoint.service(), action) + ".";
	}

	private static String action(AwsService service, String text) {
		Matcher named = ACTION.matcher(text);
		return named.find() ? named.group("action") : usualAction(service);
	}

	private static String orManaged(AwsService service, String action) {
		return action.equals(usualAction(service)) ? ", or AWS's '" + managedPolicy(service) + "'" : "";
	}

	private static String usualAction(AwsService service) {
		return switch (service) {
			case XRAY -> "xray:PutTraceSegments";
			case LOGS -> "logs:PutLogEvents";
			case MONITORING -> "cloudwatch:PutMetricData";
			case AMP -> "aps:RemoteWrite";
		};
	}

	private static String managedPolicy(AwsService service) {
		return switch (service) {
			case XRAY -> "AWSXrayWriteOnlyAccess";
			case LOGS, MONITORING -> "CloudWatchAgentServerPolicy";
			case AMP -> "AmazonPrometheusRemoteWriteAccess";
		};
	}

}
