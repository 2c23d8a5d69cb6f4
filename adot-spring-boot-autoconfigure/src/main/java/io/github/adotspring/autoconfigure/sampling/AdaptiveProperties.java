package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.List;

import io.github.adotspring.autoconfigure.PropertyRules;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What to do about anomalies: what the ADOT agent's document for adaptive sampling says,
 * and limits.
 *
 * @param enabled whether spans are looked at for anomalies, of which X-Ray is told where
 * a rule has a boost, and which are captured where the other properties say so
 * @param version version of the format, below 2; for documents that are copied here
 * @param anomalyConditions what is an anomaly; any of them makes a span one. By default a
 * status code of HTTP from 500 up, or without one the status error. An empty list is for
 * nothing
 * @param anomalyCaptureLimit how many traces are captured
 * @param maxTraces traces that are remembered, so that each is counted once
 * @param traceTime how long traces are remembered
 */
@ConfigurationProperties(AdaptiveProperties.PREFIX)
record AdaptiveProperties(@DefaultValue("true") boolean enabled, @Nullable Double version,
		@Nullable List<Condition> anomalyConditions, @Nullable CaptureLimit anomalyCaptureLimit,
		@DefaultValue("100000") int maxTraces, @DefaultValue("10m") Duration traceTime) {

	static final String PREFIX = SamplingProperties.PREFIX + ".adaptive";

	AdaptiveProperties {
		PropertyRules.requireAtLeastOne(PREFIX + ".max-traces", maxTraces);
		PropertyRules.requirePositive(PREFIX + ".trace-time", traceTime);
		local(version, anomalyConditions, anomalyCaptureLimit);
	}

	/**
	 * The settings that these properties stand for.
	 * @param document the document of the ADOT agent, used where the properties say
	 * nothing of anomalies; {@code null} if there is none
	 */
	AdaptiveSettings settings(@Nullable String document) {
		AdaptiveSettings.Local local = local(this.version, this.anomalyConditions, this.anomalyCaptureLimit);
		if (local == null && document != null) {
			local = AdaptiveDocument.read(document);
		}
		return new AdaptiveSettings(this.enabled, local, this.maxTraces, this.traceTime);
	}

	/**
	 * Whether these properties say anything of anomalies.
	 */
	boolean isConfigured() {
		return isConfigured(this.version, this.anomalyConditions, this.anomalyCaptureLimit);
	}

	private static AdaptiveSettings.@Nullable Local local(@Nullable Double version,
			@Nullable List<Condition> conditions, @Nullable CaptureLimit limit) {
		return isConfigured(version, conditions, limit)
				? new AdaptiveFormat(PREFIX + ".").read(version, conditions, limit) : null;
	}

	private static boolean isConfigured(@Nullable Double version, @Nullable List<Condition> conditions,
			@Nullable CaptureLimit limit) {
		return version != null || conditions != null || limit != null;
	}

	/**
	 * Something that makes a span an anomaly, if all of it is so.
	 *
	 * @param errorCodeRegex regular expression for the whole status code of HTTP
	 * @param operations operations of the service; by default all
	 * @param highLatencyMs least duration in milliseconds
	 * @param usage what the anomaly is good for; by default both
	 */
	record Condition(@Nullable String errorCodeRegex, @Nullable List<String> operations,
			@Nullable Integer highLatencyMs, @Nullable AnomalyUse usage) {

	}

	/**
	 * How many traces are captured.
	 *
	 * @param anomalyTracesPerSecond traces in a second at most
	 */
	record CaptureLimit(@DefaultValue("1") int anomalyTracesPerSecond) {

	}

}
