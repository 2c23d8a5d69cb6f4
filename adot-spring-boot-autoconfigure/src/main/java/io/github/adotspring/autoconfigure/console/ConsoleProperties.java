package io.github.adotspring.autoconfigure.console;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.PropertyRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The in-process console.
 *
 * @param maxTraces traces kept in memory; the oldest goes first
 * @param maxSpansPerTrace spans kept of one trace; more are counted and not shown
 * @param maxSeries series of metrics whose last values are kept in memory; more are
 * counted and not shown
 * @param log whether the console writes to the log: each finished trace, and metrics
 * @param logMetrics whether the metrics that moved are written to the log too, after each
 * export of metrics
 * @param maxLogRecords log records kept in memory; the oldest goes first
 * @param maxLogRecordSize memory for the text of one log record, at two bytes a
 * character; what is longer is cut
 * @param logRecords whether each log record is written to the standard output, as a line
 * of JSON; by default only if management.adot.logging.export.to is console
 */
@ConfigurationProperties(ConsoleProperties.PREFIX)
record ConsoleProperties(@DefaultValue("500") int maxTraces, @DefaultValue("1000") int maxSpansPerTrace,
		@DefaultValue("5000") int maxSeries, @DefaultValue("true") boolean log,
		@DefaultValue("true") boolean logMetrics, @DefaultValue("1000") int maxLogRecords,
		@DefaultValue("16KB") DataSize maxLogRecordSize, @Nullable Boolean logRecords) {

	static final String PREFIX = AdotProperties.PREFIX + ".console";

	ConsoleProperties {
		PropertyRules.requireAtLeastOne(PREFIX + ".max-traces", maxTraces);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-spans-per-trace", maxSpansPerTrace);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-series", maxSeries);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-log-records", maxLogRecords);
		PropertyRules.requirePositive(PREFIX + ".max-log-record-size", maxLogRecordSize);
	}

	boolean logsMetrics() {
		return this.log && this.logMetrics;
	}

	int maxLogRecordChars() {
		return (int) Math.min(Integer.MAX_VALUE, this.maxLogRecordSize.toBytes() / Character.BYTES);
	}

}
