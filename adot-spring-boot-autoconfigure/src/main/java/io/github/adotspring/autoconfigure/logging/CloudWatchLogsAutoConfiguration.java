package io.github.adotspring.autoconfigure.logging;

import java.time.Clock;

import io.github.adotspring.autoconfigure.ConditionalOnEnabledAdot;
import io.github.adotspring.autoconfigure.delivery.DeliveryAutoConfiguration;
import io.github.adotspring.autoconfigure.delivery.ExportedResource;
import io.github.adotspring.autoconfigure.delivery.LogStreamCreation;
import io.github.adotspring.autoconfigure.delivery.QuietLog;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Where records belong in CloudWatch Logs. It needs no switch of its own: without it the
 * endpoint takes none.
 */
@AutoConfiguration(after = DeliveryAutoConfiguration.class)
@ConditionalOnEnabledAdot
@EnableConfigurationProperties(LoggingProperties.class)
public final class CloudWatchLogsAutoConfiguration {

	private static final NameTemplate GROUP = new NameTemplate("/adot/{service.name}");

	private static final NameTemplate STREAM = new NameTemplate("{service.instance.id}");

	CloudWatchLogsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	CloudWatchLogs adotCloudWatchLogs(LoggingProperties properties, ExportedResource resource, QuietLog log) {
		String group = properties.logGroup();
		String stream = properties.logStream();
		LogStreamNames names = new LogStreamNames((group != null) ? new NameTemplate(group) : GROUP,
				(stream != null) ? new NameTemplate(stream) : STREAM, resource, log);
		LogStreamCreation.Rules rules = new LogStreamCreation.Rules(LoggingProperties.PREFIX + ".create",
				properties.create(), properties.retentionDays(), properties.kmsKeyId());
		return new CloudWatchLogs(names, new LogStreamCreation(rules, Clock.systemUTC()));
	}

}
