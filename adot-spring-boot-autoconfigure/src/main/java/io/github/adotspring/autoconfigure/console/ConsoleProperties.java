package io.github.adotspring.autoconfigure.console;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.PropertyRules;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
 */
@ConfigurationProperties(ConsoleProperties.PREFIX)
record ConsoleProperties(@DefaultValue("500") int maxTraces, @DefaultValue("1000") int maxSpansPerTrace,
		@DefaultValue("5000") int maxSeries, @DefaultValue("true") boolean log,
		@DefaultValue("true") boolean logMetrics) {

	static final String PREFIX = AdotProperties.PREFIX + ".console";

	ConsoleProperties {
		PropertyRules.requireAtLeastOne(PREFIX + ".max-traces", maxTraces);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-spans-per-trace", maxSpansPerTrace);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-series", maxSeries);
	}

	boolean logsMetrics() {
		return this.log && this.logMetrics;
	}

}
