package io.github.adotspring.autoconfigure.amp;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.opentelemetry.proto.metrics.v1.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Makes the name that a metric has in Prometheus: its words joined by one underscore, the
 * unit and what the type wants, each unless it is there already.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
final class MetricName {

	private static final Pattern SEPARATORS = Pattern.compile("[^a-zA-Z0-9:]+");

	private MetricName() {
	}

	/**
	 * The name of a metric.
	 * @return the name, {@code null} if it has no letter and no digit that Prometheus
	 * knows
	 */
	static @Nullable String of(Metric metric) {
		List<String> words = words(metric.getName());
		if (words.isEmpty()) {
			return null;
		}
		for (String suffix : UnitWords.of(metric.getUnit()).suffixes()) {
			List<String> more = words(suffix);
			if (Collections.indexOfSubList(words, more) < 0) {
				words.addAll(more);
			}
		}
		if (metric.hasSum() && metric.getSum().getIsMonotonic()) {
			moveToEnd(words, "total");
		}
		if (metric.hasGauge() && metric.getUnit().equals("1")) {
			moveToEnd(words, "ratio");
		}
		String name = String.join("_", words);
		return Character.isDigit(name.charAt(0)) ? "_" + name : name;
	}

	/**
	 * What is between the characters that a name can't have.
	 */
	static List<String> words(String text) {
		return Arrays.stream(SEPARATORS.split(text)).filter((word) -> !word.isEmpty()).collect(Collectors.toList());
	}

	private static void moveToEnd(List<String> words, String word) {
		words.removeIf(word::equals);
		words.add(word);
	}

}
