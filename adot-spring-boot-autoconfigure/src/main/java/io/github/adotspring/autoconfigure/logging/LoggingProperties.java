package io.github.adotspring.autoconfigure.logging;

import java.util.List;
import java.util.regex.Pattern;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.ExportTo;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.PropertyRules;
import io.github.adotspring.autoconfigure.delivery.LogNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Logs.
 *
 * @param export where log records go
 * @param logGroup log group in CloudWatch Logs, where {name} stands for an attribute of
 * the resource; by default '/adot/{service.name}'
 * @param logStream log stream in CloudWatch Logs, of this instance alone, where {name}
 * stands for an attribute of the resource; by default '{service.instance.id}'
 * @param create whether the log group and the log stream are created if they are not
 * there
 * @param retentionDays days that records stay in a log group that is created; by default
 * for ever
 * @param kmsKeyId ARN of the KMS key that a log group that is created is encrypted with;
 * by default CloudWatch's own encryption
 * @param onlySampled whether only those records of a trace are exported whose trace is
 * sampled; records outside of any trace always are
 * @param capture what of a log record is exported
 * @param correlation ids of the trace in log lines
 * @param rateLimit how many log records are exported
 */
@ConfigurationProperties(LoggingProperties.PREFIX)
record LoggingProperties(@DefaultValue Export export, @Nullable String logGroup, @Nullable String logStream,
		@DefaultValue("true") boolean create, @Nullable Integer retentionDays, @Nullable String kmsKeyId,
		@DefaultValue("false") boolean onlySampled, @DefaultValue Capture capture,
		@DefaultValue Correlation correlation, @DefaultValue RateLimit rateLimit) {

	static final String PREFIX = AdotProperties.PREFIX + ".logging";

	private static final Pattern KMS_KEY = Pattern
		.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,200}");

	LoggingProperties {
		LogNames.requireGroup(PREFIX + ".log-group", sample(logGroup), logGroup);
		LogNames.requireStream(PREFIX + ".log-stream", sample(logStream), logStream);
		LogNames.requireRetentionDays(PREFIX + ".retention-days", retentionDays);
		if (kmsKeyId != null && !KMS_KEY.matcher(kmsKeyId).matches()) {
			throw new InvalidAdotConfigurationException(PREFIX + ".kms-key-id", kmsKeyId,
					"CloudWatch Logs takes only the ARN of a key, not its id or an alias",
					"Write an ARN such as 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'.");
		}
	}

	private static @Nullable String sample(@Nullable String name) {
		return (name != null) ? new NameTemplate(name).sample() : null;
	}

	/**
	 * Where log records go.
	 *
	 * @param to destination of log records; by default that of management.adot.export.to
	 */
	record Export(@Nullable ExportTo to) {

	}

	/**
	 * What of a log record is exported, beside its message, level, logger and exception.
	 *
	 * @param enabled whether the records of Logback or Log4j2 are exported
	 * @param thread whether the name of the thread is, with Log4j2 also its number
	 * @param code whether the class, the method and the line that logged are, which costs
	 * a stack trace for each record
	 * @param markers whether markers are
	 * @param keyValues whether the key-value pairs of SLF4J's fluent API are with
	 * Logback, and the fields of a MapMessage with Log4j2
	 * @param arguments whether the arguments and the template of a message are, with
	 * Logback only
	 * @param mdc keys of the MDC that are, '*' for all
	 * @param bufferSize records that are kept until there is an SDK to export them, up to
	 * 100000
	 * @see CaptureSettings
	 */
	record Capture(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean thread,
			@DefaultValue("false") boolean code, @DefaultValue("true") boolean markers,
			@DefaultValue("true") boolean keyValues, @DefaultValue("false") boolean arguments,
			@DefaultValue List<String> mdc, @DefaultValue("1000") int bufferSize) {

		static final String PREFIX = LoggingProperties.PREFIX + ".capture";

		private static final int LARGEST_BUFFER = 100_000;

		Capture {
			mdc = List.copyOf(mdc);
			PropertyRules.requireAtLeastOne(PREFIX + ".buffer-size", bufferSize);
			PropertyRules.requireAtMost(PREFIX + ".buffer-size", bufferSize, LARGEST_BUFFER);
		}

	}

	/**
	 * Ids of the trace in log lines.
	 *
	 * @param enabled whether the MDC of a log line has trace_id, span_id, trace_flags and
	 * AWS-XRAY-TRACE-ID inside a span
	 */
	record Correlation(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * How many log records are exported. What is more is counted and not exported.
	 *
	 * @param perSecond most log records in a second, and as many of ERROR and above,
	 * which are counted by themselves; by default no limit
	 * @param perLogger most log records of a logger in a second, and as many of ERROR and
	 * above, which are counted by themselves; by default no limit
	 */
	record RateLimit(@Nullable Integer perSecond, @Nullable Integer perLogger) {

		private static final String PREFIX = LoggingProperties.PREFIX + ".rate-limit";

		RateLimit {
			requireAtLeastOne("per-second", perSecond);
			requireAtLeastOne("per-logger", perLogger);
		}

		private static void requireAtLeastOne(String name, @Nullable Integer limit) {
			if (limit != null) {
				PropertyRules.requireAtLeastOne(PREFIX + "." + name, limit);
			}
		}

	}

}
