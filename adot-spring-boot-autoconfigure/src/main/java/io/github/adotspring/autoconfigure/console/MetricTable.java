package io.github.adotspring.autoconfigure.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws metrics as text: a line for each counter, timer and summary that moved, those of
 * the application first, and one line for all gauges.
 */
final class MetricTable {

	private static final int MAX_ROWS = 20;

	private static final int MAX_EXAMPLES = 3;

	private static final List<String> HEADER = List.of("meter", "tags", "count", "rate", "mean", "p50", "p99", "max");

	/** The first columns are text; numbers end where their column ends. */
	private static final int TEXT_COLUMNS = 2;

	private static final Comparator<ConsoleSeries> ORDER = Comparator
		.comparing((ConsoleSeries series) -> series.key().isBackground())
		.thenComparing((series) -> series.key().meter())
		.thenComparing((series) -> series.key().mainTags());

	private final List<ConsoleSeries> series;

	private final List<ConsoleSeries> moved;

	private final List<ConsoleSeries> gauges;

	/** Gauges that belong to timers and summaries, and are in their lines. */
	private final Map<SeriesKey, ConsoleSeries> maxima;

	private final long omitted;

	private MetricTable(MetricStore store) {
		this.series = store.series();
		this.moved = this.series.stream().filter(ConsoleSeries::hasMoved).sorted(ORDER).toList();
		Set<SeriesKey> maximaOfOthers = this.series.stream()
			.filter(ConsoleSeries::isDistribution)
			.map((series) -> series.key().max())
			.collect(Collectors.toSet());
		List<ConsoleSeries> gauges = this.series.stream().filter(ConsoleSeries::isGauge).sorted(ORDER).toList();
		this.maxima = gauges.stream()
			.filter((gauge) -> maximaOfOthers.contains(gauge.key()))
			.collect(Collectors.toMap(ConsoleSeries::key, (gauge) -> gauge));
		this.gauges = gauges.stream().filter((gauge) -> !maximaOfOthers.contains(gauge.key())).toList();
		this.omitted = store.omitted();
	}

	static String draw(MetricStore store) {
		return new MetricTable(store).draw();
	}

	private String draw() {
		List<List<String>> rows = new ArrayList<>(List.of(HEADER));
		this.moved.stream().limit(MAX_ROWS).map(this::row).forEach(rows::add);
		String line = format(rows);
		StringBuilder text = new StringBuilder(
				"%nMetrics, %d of %d series moved".formatted(this.moved.size(), this.series.size()));
		rows.forEach((row) -> text.append("%n  ".formatted()).append(line.formatted(row.toArray()).stripTrailing()));
		if (this.moved.size() > MAX_ROWS) {
			text.append("%n  and %d more".formatted(this.moved.size() - MAX_ROWS));
		}
		if (!this.gauges.isEmpty()) {
			text.append("%n  %s".formatted(gauges()));
		}
		if (this.omitted > 0) {
			text.append("%n  not shown: %d measurements of series for which there is no room".formatted(this.omitted));
		}
		return text.toString();
	}

	private List<String> row(ConsoleSeries series) {
		Tally moved = series.moved();
		String unit = series.unit();
		return List.of(ConsoleText.line(series.key().meter()), ConsoleText.line(series.key().mainTags()),
				Quantity.text(moved.count(), countUnit(series)), rate(series), Quantity.text(moved.mean(), unit),
				quantile(moved, 0.5, unit), quantile(moved, 0.99, unit), max(series));
	}

	private static String quantile(Tally moved, double share, String unit) {
		double quantile = moved.quantile(share);
		return ((quantile > 0 && quantile <= moved.resolution()) ? "<" : "") + Quantity.text(quantile, unit);
	}

	/**
	 * The gauge forgets after some time, and then is below the mean.
	 */
	private String max(ConsoleSeries series) {
		Tally moved = series.moved();
		ConsoleSeries gauge = this.maxima.get(series.key().max());
		if (gauge != null && gauge.value() >= moved.mean()) {
			return Quantity.text(gauge.value(), gauge.unit());
		}
		if (!Double.isNaN(moved.max())) {
			return Quantity.text(moved.max(), series.unit());
		}
		String bound = Quantity.text(moved.bound(), series.unit());
		return bound.isEmpty() ? "" : "<" + bound;
	}

	/**
	 * A counter of bytes or of time counts in them; what timers count has no unit.
	 */
	private static String countUnit(ConsoleSeries series) {
		return series.isDistribution() ? "" : series.unit();
	}

	private static String rate(ConsoleSeries series) {
		String rate = Quantity.text(series.perSecond(), countUnit(series));
		return rate.isEmpty() ? "" : rate + "/s";
	}

	private static String format(List<List<String>> rows) {
		return IntStream.range(0, HEADER.size())
			.mapToObj((column) -> "%" + ((column < TEXT_COLUMNS) ? "-" : "")
					+ ConsoleText.width(rows.stream().map((row) -> row.get(column)).toList()) + "s")
			.collect(Collectors.joining("  "));
	}

	/**
	 * How many there are, with some examples: the memory, and the application's own.
	 */
	private String gauges() {
		Map<String, ConsoleSeries> largest = new LinkedHashMap<>();
		this.gauges.forEach((gauge) -> largest.merge(gauge.key().meter(), gauge,
				(one, other) -> (other.value() > one.value()) ? other : one));
		String examples = Stream
			.concat(Stream.ofNullable(largest.get("jvm.memory.used")),
					largest.values().stream().filter((gauge) -> !gauge.key().isBackground()))
			.limit(MAX_EXAMPLES)
			.map((gauge) -> gauge.key() + " " + Quantity.text(gauge.value(), gauge.unit()))
			.collect(Collectors.joining(", "));
		int count = this.gauges.size();
		return count + ((count == 1) ? " gauge" : " gauges") + (examples.isEmpty() ? "" : ", e.g. " + examples);
	}

}
