package io.github.adotspring.autoconfigure.amp;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Spells out a unit, such as {@code By/s}, as the suffixes of a metric's name in
 * Prometheus.
 *
 * @param unit what is measured, such as {@code bytes}, empty for none
 * @param per what it is divided by, such as {@code per_second}, empty for nothing
 * @see <a href="https://ucum.org/ucum">UCUM</a>
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">Prometheus
 * compatibility</a>
 */
record UnitWords(String unit, String per) {

	private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("d", "days"), Map.entry("h", "hours"),
			Map.entry("min", "minutes"), Map.entry("s", "seconds"), Map.entry("ms", "milliseconds"),
			Map.entry("us", "microseconds"), Map.entry("ns", "nanoseconds"), Map.entry("By", "bytes"),
			Map.entry("KiBy", "kibibytes"), Map.entry("MiBy", "mebibytes"), Map.entry("GiBy", "gibibytes"),
			Map.entry("TiBy", "tibibytes"), Map.entry("KBy", "kilobytes"), Map.entry("MBy", "megabytes"),
			Map.entry("GBy", "gigabytes"), Map.entry("TBy", "terabytes"), Map.entry("m", "meters"),
			Map.entry("V", "volts"), Map.entry("A", "amperes"), Map.entry("J", "joules"), Map.entry("W", "watts"),
			Map.entry("g", "grams"), Map.entry("Cel", "celsius"), Map.entry("Hz", "hertz"), Map.entry("1", ""),
			Map.entry("%", "percent"));

	private static final Map<String, String> PER_WORDS = Map.of("s", "second", "m", "minute", "min", "minute", "h",
			"hour", "d", "day", "w", "week", "mo", "month", "y", "year");

	/** Says what is counted, which is no unit. */
	private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*}?");

	static UnitWords of(String unit) {
		String plain = ANNOTATION.matcher(unit).replaceAll("").trim();
		int slash = plain.indexOf('/');
		if (slash < 0) {
			return new UnitWords(spell(WORDS, plain), "");
		}
		String per = spell(PER_WORDS, plain.substring(slash + 1).trim());
		return new UnitWords(spell(WORDS, plain.substring(0, slash).trim()), per.isEmpty() ? "" : "per_" + per);
	}

	private static String spell(Map<String, String> words, String unit) {
		return words.getOrDefault(unit, String.join("_", MetricName.words(unit)));
	}

	List<String> suffixes() {
		return List.of(this.unit, this.per);
	}

}
