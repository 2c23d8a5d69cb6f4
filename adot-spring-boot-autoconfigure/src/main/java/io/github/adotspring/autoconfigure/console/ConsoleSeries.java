package io.github.adotspring.autoconfigure.console;

import io.github.adotspring.autoconfigure.console.ConsolePoint.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The last value of a series, and what moved since it was last shown. Guarded by its
 * {@link MetricStore}.
 */
final class ConsoleSeries {

	private final SeriesKey key;

	private @Nullable ConsolePoint last;

	private Tally moved = Tally.NONE;

	private long movedFrom;

	ConsoleSeries(SeriesKey key) {
		this.key = key;
	}

	void add(ConsolePoint point) {
		ConsolePoint before = this.last;
		if (before != null && point.time() < before.time()) {
			return;
		}
		if (point.kind() != Kind.GAUGE) {
			if (point.delta() || before == null || hasBegunAnew(before, point)) {
				move(point.tally(), point.start());
			}
			else {
				move(point.tally().minus(before.tally()), before.time());
			}
		}
		this.last = isLevel(before, point) ? levelAfter(before, point) : point;
	}

	private static boolean hasBegunAnew(ConsolePoint before, ConsolePoint point) {
		return point.start() != before.start() || point.tally().count() < before.tally().count();
	}

	/**
	 * A level that is told as its changes.
	 */
	private static boolean isLevel(@Nullable ConsolePoint before, ConsolePoint point) {
		return before != null && point.kind() == Kind.GAUGE && point.delta();
	}

	private static ConsolePoint levelAfter(@Nullable ConsolePoint before, ConsolePoint point) {
		double level = ((before != null) ? before.tally().count() : 0) + point.tally().count();
		return new ConsolePoint(point.series(), point.unit(), point.kind(), true, point.start(), point.time(),
				Tally.ofCounter(level));
	}

	private void move(Tally change, long from) {
		if (change.count() > 0) {
			this.movedFrom = (this.moved.count() > 0) ? Math.min(this.movedFrom, from) : from;
			this.moved = this.moved.plus(change);
		}
	}

	SeriesKey key() {
		return this.key;
	}

	boolean isGauge() {
		return this.last != null && this.last.kind() == Kind.GAUGE;
	}

	boolean isDistribution() {
		return this.last != null && this.last.kind() == Kind.DISTRIBUTION;
	}

	boolean hasMoved() {
		return this.moved.count() > 0;
	}

	/**
	 * What moved since it was last shown.
	 */
	Tally moved() {
		return this.moved;
	}

	/**
	 * How much moved in a second, {@code NaN} if the time is not known.
	 */
	double perSecond() {
		double seconds = (time() - this.movedFrom) / 1e9;
		return (this.movedFrom > 0 && seconds > 0) ? this.moved.count() / seconds : Double.NaN;
	}

	/**
	 * The last value of a gauge.
	 */
	double value() {
		return (this.last != null) ? this.last.tally().count() : Double.NaN;
	}

	String unit() {
		return (this.last != null) ? this.last.unit() : "";
	}

	/**
	 * When it was last measured, in nanoseconds since the epoch.
	 */
	long time() {
		return (this.last != null) ? this.last.time() : 0;
	}

	void shown() {
		this.moved = Tally.NONE;
	}

}
