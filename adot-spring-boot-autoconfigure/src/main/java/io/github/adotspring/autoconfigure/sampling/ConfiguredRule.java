package io.github.adotspring.autoconfigure.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * A sampling rule in the configuration of the application, under the names of X-Ray's own
 * fields. What is wrong with it is told at the start, by the name of the property: unlike
 * a rule of X-Ray's, it is for this application only.
 *
 * @param ruleName name, unique among the rules
 * @param ruleArn of no meaning here; X-Ray writes it
 * @param priority from 1 to 10000; the lower, the earlier the rule is asked
 * @param fixedRate share that is sampled beyond the reservoir, from 0 to 1
 * @param reservoirSize requests a second that are sampled first
 * @param serviceName pattern of the service's name
 * @param serviceType pattern of where the service runs
 * @param host pattern of the host that is asked
 * @param httpMethod pattern of the method
 * @param urlPath pattern of the path
 * @param resourceArn pattern of the ARN of what the service runs on
 * @param attributes patterns of attributes that have to be there
 * @param version version of the format, which is 1
 * @param samplingRateBoost how far anomalies may raise the rate
 */
record ConfiguredRule(@Nullable String ruleName, @Nullable String ruleArn, @Nullable Integer priority,
		@Nullable Double fixedRate, @Nullable Integer reservoirSize, @Nullable String serviceName,
		@Nullable String serviceType, @Nullable String host, @Nullable String httpMethod, @Nullable String urlPath,
		@Nullable String resourceArn, @Nullable Map<String, String> attributes, @Nullable Integer version,
		@Nullable Boost samplingRateBoost) {

	/**
	 * Rules for sampling.
	 * @param property full name of the property that has them
	 * @param configured what it has
	 * @throws InvalidAdotConfigurationException if one of them can't be used
	 */
	static List<SamplingRule> toRules(String property, List<ConfiguredRule> configured) {
		List<SamplingRule> rules = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (int i = 0; i < configured.size(); i++) {
			ConfiguredRuleFields fields = new ConfiguredRuleFields(property + "[" + i + "]");
			SamplingRule rule = configured.get(i).toRule(fields);
			if (!names.add(rule.name())) {
				throw fields.invalid("rule-name", rule.name(), "there is another of this name");
			}
			rules.add(rule);
		}
		return rules;
	}

	private SamplingRule toRule(ConfiguredRuleFields fields) {
		if (this.version != null) {
			// A later version may mean something else by the same fields.
			fields.whole("version", this.version, 1, 1);
		}
		return new SamplingRule(fields.text("rule-name", this.ruleName),
				fields.whole("priority", this.priority, 1, SamplingRuleReader.LAST_PRIORITY),
				fields.rate("fixed-rate", this.fixedRate),
				fields.whole("reservoir-size", this.reservoirSize, 0, Integer.MAX_VALUE), pattern(this.serviceName),
				pattern(this.serviceType), pattern(this.host), pattern(this.httpMethod), pattern(this.urlPath),
				pattern(this.resourceArn), (this.attributes != null) ? Map.copyOf(this.attributes) : Map.of(),
				(this.samplingRateBoost != null) ? this.samplingRateBoost.toBoost(fields) : null);
	}

	private static String pattern(@Nullable String configured) {
		return (configured == null || configured.isEmpty()) ? "*" : configured;
	}

	/**
	 * How far anomalies may raise the rate.
	 *
	 * @param maxRate the highest rate, from 0 to 1
	 * @param cooldownWindowMinutes time between two boosts
	 * @param disableDefaultAnomalyDetection whether errors of the service are no
	 * anomalies by themselves
	 */
	record Boost(@Nullable Double maxRate, @Nullable Integer cooldownWindowMinutes,
			boolean disableDefaultAnomalyDetection) {

		private SamplingRule.Boost toBoost(ConfiguredRuleFields fields) {
			return new SamplingRule.Boost(fields.rate("sampling-rate-boost.max-rate", this.maxRate),
					Duration.ofMinutes(fields.whole("sampling-rate-boost.cooldown-window-minutes",
							this.cooldownWindowMinutes, 0, Integer.MAX_VALUE)),
					!this.disableDefaultAnomalyDetection);
		}

	}

}
