package io.github.adotspring.autoconfigure.awssdk;

import java.util.List;

import io.github.adotspring.autoconfigure.AdotProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Spans of AWS SDK for Java 2.x clients.
 *
 * @param enabled whether clients of the AWS SDK are traced
 * @param excludedOperations operations that make no spans: names of services, or of
 * services and operations as in the names of spans, with * for any characters; by default
 * those by which credentials are got. An empty list excludes nothing
 * @param signingRegion whether spans have the region that a request was signed for
 * (aws.auth.region)
 * @param accessKeyId whether spans have the id of the access key that signed a request
 * (aws.auth.account.access_key), by which Application Signals tells accounts apart
 * @param individualHttpErrors whether each attempt that AWS answers with an error is an
 * event of the span
 */
@ConfigurationProperties(AwsSdkProperties.PREFIX)
record AwsSdkProperties(@DefaultValue("true") boolean enabled, @Nullable List<String> excludedOperations,
		@DefaultValue("true") boolean signingRegion, @DefaultValue("false") boolean accessKeyId,
		@DefaultValue("true") boolean individualHttpErrors) {

	static final String PREFIX = AdotProperties.PREFIX + ".awssdk";

	AwsSdkProperties {
		ExcludedOperations.check(PREFIX + ".excluded-operations", excludedOperations);
	}

}
