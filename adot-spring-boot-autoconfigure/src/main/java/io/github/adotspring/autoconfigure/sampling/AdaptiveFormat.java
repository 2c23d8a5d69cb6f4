package io.github.adotspring.autoconfigure.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.adotspring.autoconfigure.InvalidAdotConfigurationException;
import io.github.adotspring.autoconfigure.sampling.AdaptiveProperties.CaptureLimit;
import io.github.adotspring.autoconfigure.sampling.AdaptiveProperties.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the ADOT agent's format for adaptive sampling, wherever it is written.
 */
final class AdaptiveFormat {

	private static final double UNKNOWN_VERSION = 2;

	private static final int DEFAULT_TRACES_PER_SECOND = 1;

	private final String prefix;

	/**
	 * Create a new instance.
	 * @param prefix what comes before the names of the format, for errors
	 */
	AdaptiveFormat(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Read what is there.
	 * @throws InvalidAdotConfigurationException if it breaks a rule
	 */
	AdaptiveSettings.Local read(@Nullable Double version, @Nullable List<Condition> conditions,
			@Nullable CaptureLimit limit) {
		if (version != null && !(version > 0 && version < UNKNOWN_VERSION)) {
			throw new InvalidAdotConfigurationException(this.prefix + "version", version,
					"only versions below 2 are known", "Write '1.0'.");
		}
		return new AdaptiveSettings.Local((conditions != null) ? conditions(conditions) : AnomalyConditions.byDefault(),
				(limit != null) ? tracesPerSecond(limit) : DEFAULT_TRACES_PER_SECOND);
	}

	private AnomalyConditions conditions(List<Condition> conditions) {
		List<AnomalyCondition> read = new ArrayList<>();
		for (Condition condition : conditions) {
			read.add(condition(this.prefix + "anomaly-conditions[" + read.size() + "]", condition));
		}
		return AnomalyConditions.anyOf(read);
	}

	private static AnomalyCondition condition(String name, Condition condition) {
		Integer latency = condition.highLatencyMs();
		if (condition.errorCodeRegex() == null && latency == null) {
			throw new InvalidAdotConfigurationException(name, condition, "nothing in it says what is an anomaly",
					"Write 'error-code-regex' or 'high-latency-ms', or remove the condition.");
		}
		if (latency != null && latency < 0) {
			throw new InvalidAdotConfigurationException(name + ".high-latency-ms", latency, "the least is 0",
					"Write milliseconds, such as '500'.");
		}
		Set<String> operations = (condition.operations() != null)
				? Collections.unmodifiableSet(new LinkedHashSet<>(condition.operations())) : Set.of();
		return new AnomalyCondition(pattern(name + ".error-code-regex", condition.errorCodeRegex()), latency,
				operations, (condition.usage() != null) ? condition.usage() : AnomalyUse.BOTH);
	}

	private static @Nullable Pattern pattern(String name, @Nullable String regex) {
		try {
			return (regex != null) ? Pattern.compile(regex) : null;
		}
		catch (PatternSyntaxException ex) {
			throw new InvalidAdotConfigurationException(name, regex,
					"it is no regular expression (" + ex.getDescription() + ")", "Write one such as '^5\\d\\d$'.");
		}
	}

	private int tracesPerSecond(CaptureLimit limit) {
		if (limit.anomalyTracesPerSecond() < 0) {
			throw new InvalidAdotConfigurationException(this.prefix + "anomaly-capture-limit.anomaly-traces-per-second",
					limit.anomalyTracesPerSecond(), "the least is 0",
					"Write a whole number, or '0' to capture nothing.");
		}
		return limit.anomalyTracesPerSecond();
	}

}
