package io.github.adotspring.autoconfigure.cloudwatch;

import java.net.URI;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.aws.HttpUrls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics sent with {@code PutMetricData}, for {@code cloudwatch-api} in
 * {@code management.adot.metrics.export.to}.
 *
 * @param namespace namespace of the metrics in CloudWatch, up to 255 characters; by
 * default the name of the application, else 'default'
 * @param endpoint full URL of CloudWatch, such as a VPC endpoint; still signed; by
 * default from the partition table
 * @param serviceDimensions whether metrics have the dimensions Service and Environment,
 * as those of ADOT have
 * @param storageResolution seconds that CloudWatch resolves, 60 or 1; 1 costs more
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 */
@ConfigurationProperties(CloudWatchApiProperties.PREFIX)
record CloudWatchApiProperties(@Nullable String namespace, @Nullable URI endpoint,
		@DefaultValue("true") boolean serviceDimensions, @DefaultValue("60") int storageResolution) {

	static final String PREFIX = AdotProperties.PREFIX + ".metrics.cloudwatch-api";

	private static final int MAX_NAMESPACE = 255;

	private static final Pattern NAMESPACE = Pattern.compile("(?!:)[0-9A-Za-z._/#: -]+");

	CloudWatchApiProperties {
		namespace = (namespace != null && namespace.isBlank()) ? null : namespace;
		if (namespace != null && !isNamespace(namespace)) {
			throw new InvalidAdotConfigurationException(PREFIX + ".namespace", namespace,
					"a namespace has up to 255 letters, digits, spaces and . - _ / # : and starts with neither 'AWS/' nor ':'",
					"Write a namespace such as 'shop/orders', or remove the property to use the name of the application.");
		}
		if (endpoint != null) {
			HttpUrls.requireHttpUrl(PREFIX + ".endpoint", endpoint);
		}
		if (storageResolution != 1 && storageResolution != 60) {
			throw new InvalidAdotConfigurationException(PREFIX + ".storage-resolution", storageResolution,
					"CloudWatch knows only 60 and 1", "Write 60 or 1, or remove the property to use 60.");
		}
	}

	boolean isHighResolution() {
		return this.storageResolution == 1;
	}

	private static boolean isNamespace(String text) {
		return text.length() <= MAX_NAMESPACE && !text.startsWith("AWS/") && NAMESPACE.matcher(text).matches();
	}

}
