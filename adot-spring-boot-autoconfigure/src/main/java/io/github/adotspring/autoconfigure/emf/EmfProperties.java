package io.github.adotspring.autoconfigure.emf;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import io.github.adotspring.autoconfigure.delivery.LogNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics in CloudWatch Embedded Metric Format.
 *
 * @param output where the documents go: to CloudWatch Logs, the standard output, or the
 * CloudWatch agent; by default the standard output on AWS Lambda, else CloudWatch Logs
 * @param namespace namespace of the metrics, letters, digits and ._#:/- only; by default
 * the name of the application, else 'default'
 * @param logGroup log group for the documents; by default '/metrics/' and the name of the
 * application
 * @param logStream log stream for the documents; by default the name of the host and the
 * number of the process
 * @param create whether the log group and the log stream are created if they are not
 * there
 * @param retentionDays days that documents stay in a log group that is created; by
 * default for ever
 * @param endpoint full URL of CloudWatch Logs, such as a VPC endpoint; still signed; by
 * default that of the region
 * @param agentEndpoint where the CloudWatch agent listens, tcp or udp with host and port;
 * by default AWS_EMF_AGENT_ENDPOINT, else tcp://127.0.0.1:25888
 * @param serviceDimensions whether metrics have the dimensions Service and Environment
 * beside their attributes
 * @param resourceAttributes whether the attributes of the resource are in the documents,
 * as otel.resource.*, where they are searchable and no dimensions
 * @param dimensions which attributes are dimensions of which metrics, the first rule that
 * matches decides; by default all attributes are one set of dimensions
 * @param storageResolution seconds that CloudWatch resolves, 60 or 1
 */
@ConfigurationProperties(EmfProperties.PREFIX)
record EmfProperties(@Nullable EmfOutput output, @Nullable String namespace, @Nullable String logGroup,
		@Nullable String logStream, @DefaultValue("true") boolean create, @Nullable Integer retentionDays,
		@Nullable URI endpoint, @Nullable URI agentEndpoint, @DefaultValue("true") boolean serviceDimensions,
		@DefaultValue("true") boolean resourceAttributes, @DefaultValue List<DimensionRule> dimensions,
		@DefaultValue("60") int storageResolution) {

	static final String PREFIX = AdotProperties.PREFIX + ".metrics.emf";

	static final String AGENT_ENDPOINT_VARIABLE = "AWS_EMF_AGENT_ENDPOINT";

	private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[a-zA-Z0-9._#:/-]{1,255}");

	EmfProperties {
		dimensions = List.copyOf(dimensions);
		require(namespace == null || NAMESPACE.matcher(namespace).matches(), "namespace", namespace,
				"a namespace has 1 to 255 letters, digits and ._#:/- and does not begin with 'AWS/'",
				"Write a namespace such as 'shop/orders'.");
		LogNames.requireGroup(PREFIX + ".log-group", logGroup, logGroup);
		LogNames.requireStream(PREFIX + ".log-stream", logStream, logStream);
		LogNames.requireRetentionDays(PREFIX + ".retention-days", retentionDays);
		require(storageResolution == 1 || storageResolution == 60, "storage-resolution", storageResolution,
				"CloudWatch resolves 1 or 60 seconds", "Write 1 or 60.");
		if (endpoint != null) {
			HttpUrls.requireHttpUrl(PREFIX + ".endpoint", endpoint);
		}
		if (agentEndpoint != null) {
			requireAgentEndpoint(PREFIX + ".agent-endpoint", agentEndpoint);
		}
	}

	private static void require(boolean condition, String name, @Nullable Object value, String rule, String fix) {
		if (!condition) {
			throw new InvalidAdotConfigurationException(PREFIX + "." + name, value, rule, fix);
		}
	}

	/**
	 * Require what the CloudWatch agent can be reached by.
	 */
	static URI requireAgentEndpoint(String property, URI endpoint) {
		boolean isKnown = "tcp".equalsIgnoreCase(endpoint.getScheme()) || "udp".equalsIgnoreCase(endpoint.getScheme());
		if (!isKnown || endpoint.getHost() == null || endpoint.getPort() < 1) {
			throw new InvalidAdotConfigurationException(property, endpoint,
					"the CloudWatch agent is reached by tcp or udp with host and port",
					"Write an address such as 'tcp://127.0.0.1:25888'.");
		}
		return endpoint;
	}

}
