package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * What CloudWatch demands of a datum, from its API reference and without the code under
 * test.
 */
final class CloudWatchRules {

	private CloudWatchRules() {
	}

	/**
	 * What is wrong with a datum, nothing if it is good.
	 */
	static List<String> problems(MetricDatum datum, Instant now) {
		List<String> problems = new ArrayList<>();
		check(problems, datum.metricName().length() >= 1 && datum.metricName().length() <= 255, "name");
		check(problems, datum.metricName().chars().allMatch((c) -> c >= 32 && c < 127), "name not ASCII");
		check(problems, datum.dimensions().size() <= 30, "dimensions");
		Set<String> names = new HashSet<>();
		for (Dimension dimension : datum.dimensions()) {
			check(problems, names.add(dimension.name()), "dimension twice");
			check(problems, isText(dimension.name(), 255) && !dimension.name().startsWith(":"), "dimension name");
			check(problems, isText(dimension.value(), 1024), "dimension value");
		}
		Instant time = datum.timestamp();
		check(problems, time == null || Duration.between(time, now).compareTo(Duration.ofDays(14)) <= 0, "too old");
		check(problems, time == null || Duration.between(now, time).compareTo(Duration.ofHours(2)) <= 0, "too new");
		int forms = ((datum.value() != null) ? 1 : 0) + (datum.hasValues() ? 1 : 0)
				+ ((datum.statisticValues() != null) ? 1 : 0);
		check(problems, forms == 1, "forms " + forms);
		check(problems, datum.values().size() <= 150, "values");
		check(problems, datum.values().size() == datum.counts().size(), "counts");
		check(problems, new HashSet<>(datum.values()).size() == datum.values().size(), "value twice");
		check(problems, datum.counts().stream().allMatch((count) -> count > 0), "count");
		numbers(datum)
			.forEach((number) -> check(problems, Double.isFinite(number) && Math.abs(number) <= Math.pow(2, 360)
					&& (number == 0 || Math.abs(number) >= Math.pow(2, -360)), "number " + number));
		if (datum.statisticValues() != null) {
			var statistics = datum.statisticValues();
			check(problems, statistics.sampleCount() > 0 && statistics.minimum() <= statistics.maximum(), "statistics");
		}
		check(problems, datum.storageResolution() == null || Set.of(1, 60).contains(datum.storageResolution()),
				"resolution");
		return problems;
	}

	private static Stream<Double> numbers(MetricDatum datum) {
		Stream.Builder<Double> numbers = Stream.builder();
		datum.values().forEach(numbers);
		datum.counts().forEach(numbers);
		if (datum.value() != null) {
			numbers.add(datum.value());
		}
		if (datum.statisticValues() != null) {
			numbers.add(datum.statisticValues().sampleCount());
			numbers.add(datum.statisticValues().sum());
			numbers.add(datum.statisticValues().minimum());
			numbers.add(datum.statisticValues().maximum());
		}
		return numbers.build();
	}

	private static boolean isText(String text, int length) {
		return !text.isBlank() && text.length() <= length && text.chars().allMatch((c) -> c >= 32 && c < 127);
	}

	private static void check(List<String> problems, boolean good, String problem) {
		if (!good) {
			problems.add(problem);
		}
	}

}
