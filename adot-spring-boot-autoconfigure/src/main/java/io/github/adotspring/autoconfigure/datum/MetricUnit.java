package io.github.adotspring.autoconfigure.datum;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A unit of CloudWatch, for those of OpenTelemetry, which writes them as UCUM, and for
 * those of Micrometer, which spells them out.
 *
 * @param name how CloudWatch calls it, {@code null} for none
 * @param factor what a value is multiplied by to be in this unit
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 * @see <a href="https://ucum.org/ucum">UCUM</a>
 */
public record MetricUnit(@Nullable String name, double factor) {

	private static final MetricUnit NONE = new MetricUnit(null, 1);

	private static final MetricUnit COUNT = new MetricUnit("Count", 1);

	private static final MetricUnit COUNT_PER_SECOND = new MetricUnit("Count/Second", 1);

	/** What is counted, as Micrometer's binders name it. */
	private static final List<String> COUNTED = List.of("buffers", "classes", "connections", "events", "files",
			"messages", "objects", "operations", "packets", "requests", "rows", "sessions", "tasks", "threads");

	/** Symbols are shorter, and mean something else in the other case. */
	private static final int SHORTEST_WORD = 4;

	private static final Map<String, MetricUnit> UNITS = units();

	private static Map<String, MetricUnit> units() {
		Map<String, MetricUnit> units = new HashMap<>();
		for (String name : List.of("Seconds", "Milliseconds", "Microseconds", "Percent", "Count")) {
			add(units, name, 1, name.toLowerCase(Locale.ROOT));
		}
		add(units, "Count/Second", 1, "count/second", "1/s");
		add(units, "Seconds", 1, "s");
		add(units, "Milliseconds", 1, "ms");
		add(units, "Microseconds", 1, "us", "µs");
		add(units, "Microseconds", 1e-3, "ns", "nanoseconds");
		add(units, "Seconds", 60, "min", "minutes");
		add(units, "Seconds", 3600, "h", "hours");
		add(units, "Seconds", 86400, "d", "days");
		add(units, "Percent", 1, "%");
		for (String prefix : List.of("", "kilo", "mega", "giga", "tera")) {
			addSize(units, prefix, "bytes", "By");
			addSize(units, prefix, "bits", "bit");
		}
		double factor = 1;
		for (String prefix : List.of("Ki", "Mi", "Gi", "Ti")) {
			factor *= 1024;
			add(units, "Bytes", factor, prefix + "By");
			add(units, "Bytes/Second", factor, prefix + "By/s");
		}
		COUNTED.forEach((counted) -> units.put(counted, COUNT));
		return units;
	}

	private static void addSize(Map<String, MetricUnit> units, String prefix, String words, String unit) {
		String name = capitalized(prefix + words);
		String symbol = switch (prefix) {
			case "" -> "";
			case "kilo" -> "k";
			default -> name.substring(0, 1);
		};
		add(units, name, 1, name.toLowerCase(Locale.ROOT), symbol + unit);
		add(units, name + "/Second", 1, name.toLowerCase(Locale.ROOT) + "/second", symbol + unit + "/s");
	}

	private static String capitalized(String text) {
		return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
	}

	private static void add(Map<String, MetricUnit> units, String name, double factor, String... symbols) {
		for (String symbol : symbols) {
			units.put(symbol, new MetricUnit(name, factor));
		}
	}

	/**
	 * Find the unit for one of UCUM, or for a word as Micrometer and CloudWatch have
	 * them. What CloudWatch has no unit for has none; {@code 1} is none either, since
	 * ratios have it.
	 * @param unit the unit as OTLP has it
	 * @return the unit of CloudWatch
	 */
	public static MetricUnit of(String unit) {
		MetricUnit known = UNITS.get(unit);
		if (known == null && unit.length() >= SHORTEST_WORD) {
			known = UNITS.get(unit.toLowerCase(Locale.ROOT));
		}
		if (known != null) {
			return known;
		}
		if (unit.matches("\\{[^{}]*}")) {
			return COUNT;
		}
		return unit.matches("\\{[^{}]*}/s") ? COUNT_PER_SECOND : NONE;
	}

}
