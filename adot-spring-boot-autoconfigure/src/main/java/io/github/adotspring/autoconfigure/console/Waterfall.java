package io.github.adotspring.autoconfigure.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a trace as text: a line for each span, indented below its parent, with its place
 * in time as a bar.
 */
final class Waterfall {

	private static final int BAR_WIDTH = 32;

	private static final int MAX_DEPTH = 20;

	private final ConsoleTrace trace;

	private final LogSummary logs;

	private final Map<String, List<ConsoleSpan>> children;

	private final List<Row> rows = new ArrayList<>();

	private long start = Long.MAX_VALUE;

	private long end = Long.MIN_VALUE;

	private Waterfall(ConsoleTrace trace, LogSummary logs) {
		this.trace = trace;
		this.logs = logs;
		this.children = trace.children();
		trace.roots().forEach((root) -> collect(root, 0));
	}

	static String draw(ConsoleTrace trace, LogSummary logs) {
		return new Waterfall(trace, logs).draw();
	}

	private void collect(ConsoleSpan span, int depth) {
		this.rows.add(new Row(span, "  ".repeat(Math.min(depth, MAX_DEPTH)) + ConsoleText.line(span.name())));
		this.start = Math.min(this.start, span.start());
		this.end = Math.max(this.end, span.start() + span.duration().toNanos());
		this.children.getOrDefault(span.spanId(), List.of()).forEach((child) -> collect(child, depth + 1));
	}

	private String draw() {
		int nameWidth = ConsoleText.width(this.rows.stream().map(Row::label).toList());
		int serviceWidth = ConsoleText.width(this.rows.stream().map((row) -> row.span().service()).toList());
		StringBuilder text = new StringBuilder(
				"%nTrace %s, %s, %s%s".formatted(this.trace.id(), spans(this.trace.size() + this.trace.omitted()),
						millis(Duration.ofNanos(this.end - this.start)), this.logs));
		String line = "%n  %-" + nameWidth + "s  %-8s  %-" + serviceWidth + "s  |%s| %10s%s";
		for (Row row : this.rows) {
			ConsoleSpan span = row.span();
			text.append(line.formatted(row.label(), span.kind(), span.service(), bar(span), millis(span.duration()),
					status(span)));
		}
		if (this.trace.omitted() > 0) {
			text.append("%n  and %d more".formatted(this.trace.omitted()));
		}
		return text.toString();
	}

	private String bar(ConsoleSpan span) {
		double unit = Math.max(1, this.end - this.start) / (double) BAR_WIDTH;
		int from = (int) Math.min(BAR_WIDTH - 1, (span.start() - this.start) / unit);
		int length = (int) Math.max(1, Math.min(BAR_WIDTH - from, Math.round(span.duration().toNanos() / unit)));
		return " ".repeat(from) + "=".repeat(length) + " ".repeat(BAR_WIDTH - from - length);
	}

	private static String status(ConsoleSpan span) {
		String status = (span.failed() ? "ERROR " : "") + ConsoleText.line(span.detail());
		return status.isBlank() ? "" : "  " + status.stripTrailing();
	}

	private static String spans(int count) {
		return count + ((count == 1) ? " span" : " spans");
	}

	private static String millis(Duration duration) {
		return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
	}

	/**
	 * A line of the drawing.
	 *
	 * @param span the span
	 * @param label its name, indented
	 */
	private record Row(ConsoleSpan span, String label) {

	}

}
