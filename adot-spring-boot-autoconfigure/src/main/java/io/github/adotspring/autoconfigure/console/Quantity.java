package io.github.adotspring.autoconfigure.console;

import java.util.Locale;
import java.util.Map;

/**
 * Writes values with their unit, in three digits or so. Units are those of UCUM, which
 * OpenTelemetry has, and the words of Micrometer.
 */
final class Quantity {

	private static final Map<String, Double> SECONDS = Map.ofEntries(Map.entry("ns", 1e-9),
			Map.entry("nanoseconds", 1e-9), Map.entry("us", 1e-6), Map.entry("microseconds", 1e-6),
			Map.entry("ms", 1e-3), Map.entry("milliseconds", 1e-3), Map.entry("s", 1.0), Map.entry("seconds", 1.0),
			Map.entry("min", 60.0), Map.entry("minutes", 60.0), Map.entry("h", 3600.0), Map.entry("hours", 3600.0),
			Map.entry("d", 86400.0), Map.entry("days", 86400.0));

	/** A bound of 1 ms is not always one exactly. */
	private static final double ALMOST_A_MILLISECOND = 0.99995e-3;

	private static final String[] SIZES = { "B", "KB", "MB", "GB", "TB" };

	private Quantity() {
	}

	/**
	 * The value as text, empty if it is no number.
	 */
	static String text(double value, String unit) {
		if (Double.isNaN(value)) {
			return "";
		}
		if (SECONDS.containsKey(unit)) {
			return time(value * SECONDS.get(unit));
		}
		return (unit.equals("By") || unit.equals("bytes")) ? size(value) : number(value);
	}

	private static String number(double value) {
		if (value == Math.rint(value) && Math.abs(value) < 1e12) {
			return String.format(Locale.ROOT, "%.0f", value);
		}
		return (Math.abs(value) >= 0.01 && Math.abs(value) < 1e12) ? String.format(Locale.ROOT, "%.2f", value)
				: String.format(Locale.ROOT, "%.2e", value);
	}

	private static String time(double seconds) {
		double size = Math.abs(seconds);
		if (size >= 10) {
			return String.format(Locale.ROOT, "%.1f s", seconds);
		}
		return (size >= ALMOST_A_MILLISECOND || size == 0) ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
				: String.format(Locale.ROOT, "%.1f us", seconds * 1e6);
	}

	private static String size(double bytes) {
		int step = 0;
		while (Math.abs(bytes) >= 1024 && step < SIZES.length - 1) {
			bytes /= 1024;
			step++;
		}
		return String.format(Locale.ROOT, (step == 0) ? "%.0f %s" : "%.1f %s", bytes, SIZES[step]);
	}

}
