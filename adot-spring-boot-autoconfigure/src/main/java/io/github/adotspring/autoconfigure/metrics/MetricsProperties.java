package io.github.adotspring.autoconfigure.metrics;

import java.util.List;

import io.github.adotspring.autoconfigure.AdotProperties;
import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.MetricsExportTo;
import io.github.adotspring.autoconfigure.PropertyRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics.
 *
 * @param export where metrics go
 * @param dryRun whether everything is computed and nothing is sent, to see what it would
 * be and cost
 * @param temporality whether counters and histograms tell their value since the start of
 * the application or since the last export; by default what the destinations can carry,
 * and cumulative where both will do
 * @param histograms whether timers and distribution summaries are exponential histograms,
 * from which any percentile can be computed, unless the application decides otherwise for
 * a meter
 * @param instrumentation whether OpenTelemetry's instrumentation measures what Micrometer
 * measures too: requests, calls, database connections, the JVM
 * @param exclude meters of Micrometer that are not exported, as names with * for any
 * characters; by default those that tell little, where a destination costs money. An
 * empty list excludes nothing
 * @param include meters of Micrometer that are exported although they are excluded, as
 * names with * for any characters
 * @param maxSeries combinations of tag values of all meters of Micrometer together that
 * are exported
 * @param maxSeriesPerMeter combinations of tag values of one meter that are exported
 */
@ConfigurationProperties(MetricsProperties.PREFIX)
record MetricsProperties(@DefaultValue Export export, @DefaultValue("false") boolean dryRun,
		@Nullable Temporality temporality, @DefaultValue("true") boolean histograms,
		@DefaultValue("false") boolean instrumentation, @Nullable List<String> exclude,
		@DefaultValue List<String> include, @DefaultValue("1000") int maxSeriesPerMeter,
		@DefaultValue("10000") int maxSeries) {

	static final String PREFIX = AdotProperties.PREFIX + ".metrics";

	MetricsProperties {
		PropertyRules.requireAtLeastOne(PREFIX + ".max-series-per-meter", maxSeriesPerMeter);
		PropertyRules.requireAtLeastOne(PREFIX + ".max-series", maxSeries);
		if (temporality == Temporality.DELTA && export.to().contains(MetricsExportTo.AMP)) {
			throw new InvalidAdotConfigurationException(PREFIX + ".temporality", "delta",
					"Prometheus takes cumulative values only",
					"Leave the property out, or send elsewhere than to 'amp'.");
		}
	}

	/**
	 * Where metrics go.
	 *
	 * @param to destinations of metrics; by default that of management.adot.export.to
	 */
	record Export(@DefaultValue List<MetricsExportTo> to) {

		Export {
			if (to.size() > 1 && to.contains(MetricsExportTo.NONE)) {
				throw new InvalidAdotConfigurationException(PREFIX + ".export.to", to, "'none' stands alone",
						"Write 'none', or the destinations without it.");
			}
		}

	}

	/**
	 * What the value of a counter or a histogram covers.
	 */
	enum Temporality {

		/**
		 * The time since the start of the application.
		 */
		CUMULATIVE,

		/**
		 * The time since the last export.
		 */
		DELTA

	}

}
