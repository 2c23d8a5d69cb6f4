package io.github.adotspring.autoconfigure.emf;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.github.adotspring.autoconfigure.datum.Distribution;
import io.github.adotspring.autoconfigure.datum.Distribution.Entry;
import io.github.adotspring.autoconfigure.datum.Reading;
import io.github.adotspring.autoconfigure.datum.Refusal;
import io.github.adotspring.autoconfigure.datum.SingleValue;
import io.github.adotspring.autoconfigure.datum.Statistics;
import io.github.adotspring.autoconfigure.otlp.JsonText;

/**
 * Writes the value of a metric in a document: a number, a statistic set, or values with
 * their counts and statistics.
 */
final class EmfValue {

	/** Values of one metric in a document. */
	static final int MAX_VALUES = 100;

	private EmfValue() {
	}

	/**
	 * The value as JSON.
	 * @throws IllegalArgumentException if there is none
	 */
	static String json(Reading reading) {
		if (reading instanceof SingleValue single) {
			return JsonText.number(single.value());
		}
		if (reading instanceof Statistics statistics) {
			return "{" + members(statistics) + "}";
		}
		if (reading instanceof Distribution distribution) {
			List<Entry> entries = distribution.entries();
			return "{\"Values\":%s,\"Counts\":%s,%s}".formatted(array(entries, Entry::value),
					array(entries, Entry::count), members(distribution.statistics()));
		}
		throw new IllegalArgumentException("No value: " + ((Refusal) reading).text());
	}

	private static String members(Statistics statistics) {
		return "\"Max\":%s,\"Min\":%s,\"Count\":%s,\"Sum\":%s".formatted(JsonText.number(statistics.max()),
				JsonText.number(statistics.min()), new BigDecimal(statistics.count()).toPlainString(),
				JsonText.number(statistics.sum()));
	}

	private static String array(List<Entry> entries, ToDoubleFunction<Entry> number) {
		return entries.stream()
			.map((entry) -> JsonText.number(number.applyAsDouble(entry)))
			.collect(Collectors.joining(",", "[", "]"));
	}

}
