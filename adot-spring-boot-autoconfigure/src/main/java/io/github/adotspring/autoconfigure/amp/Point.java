package io.github.adotspring.autoconfigure.amp;

import java.util.List;

import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A data point as series, or why it has none.
 *
 * @param startNanos when counting began, as OTLP has it
 * @param timeNanos when the values were true, as OTLP has it
 * @param series the series, each with labels of its own
 * @param reason why there are none, {@code null} if there are
 * @param text how the data point is and what is possible, safe to log
 */
record Point(long startNanos, long timeNanos, List<Series> series, @Nullable Reason reason, String text) {

	static Point of(long startNanos, long timeNanos, List<Series> series) {
		return new Point(startNanos, timeNanos, series, null, "");
	}

	static Point dropped(Reason reason, String text) {
		return new Point(0, 0, List.of(), reason, text);
	}

	/**
	 * The same series at the same times, with the value that ends them.
	 */
	Point stale() {
		return new Point(this.startNanos, this.timeNanos, this.series.stream().map(Series::stale).toList(), this.reason,
				this.text);
	}

}
