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
 * @param log whether each finished trace is written to the log
 */
@ConfigurationProperties(ConsoleProperties.PREFIX)
record ConsoleProperties(@DefaultValue("500") int maxTraces, @DefaultValue("1000") int maxSpansPerTrace,
		@DefaultValue("true") boolean log) {

	static final String PREFIX = AdotProperties.PREFIX + ".console";

	ConsoleProperties {
		PropertyRules.requireAtLeastOne(PREFIX + ".max-traces", maxTraces);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-spans-per-trace", maxSpansPerTrace);
	}

}
