package io.github.adotspring.autoconfigure.sampling;

import java.util.List;

import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * What makes a span an anomaly. Unless conditions say so, a fault does: a status code of
 * HTTP from 500 up, or without one the status error.
 */
final class AnomalyConditions {

	private static final AnomalyConditions DEFAULT = new AnomalyConditions(null);

	private final @Nullable List<AnomalyCondition> conditions;

	private AnomalyConditions(@Nullable List<AnomalyCondition> conditions) {
		this.conditions = conditions;
	}

	/**
	 * Any of some conditions.
	 * @param conditions the conditions; if there are none, nothing is an anomaly
	 */
	static AnomalyConditions anyOf(List<AnomalyCondition> conditions) {
		return new AnomalyConditions(List.copyOf(conditions));
	}

	static AnomalyConditions byDefault() {
		return DEFAULT;
	}

	/**
	 * Whether a span that has ended is an anomaly.
	 * @param use what it would be good for
	 * @param faults whether a fault is one where no conditions say so
	 */
	boolean match(ReadableSpan span, AnomalyUse use, boolean faults) {
		if (this.conditions == null) {
			return faults && SpanOutcome.isFault(span);
		}
		for (AnomalyCondition condition : this.conditions) {
			if (condition.use().includes(use) && condition.matches(span)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String toString() {
		return (this.conditions != null) ? this.conditions.toString() : "faults";
	}

}
