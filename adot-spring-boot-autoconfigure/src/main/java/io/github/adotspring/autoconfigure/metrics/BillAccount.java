package io.github.adotspring.autoconfigure.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What goes to one destination: of this hour and of the one before, because CloudWatch
 * bills a metric for each hour in which it is sent. Safe to be used by many threads at
 * once.
 */
final class BillAccount {

	/** Messages that follow this closely are parts of one export. */
	private static final Duration EXPORT = Duration.ofSeconds(5);

	/** An hour that is as long as this tells more than the one before. */
	private static final Duration ENOUGH = Duration.ofMinutes(10);

	private final int maxSeries;

	private long hour = Long.MIN_VALUE;

	private @Nullable Instant lastExport;

	private Window current = new Window(Instant.MIN);

	private @Nullable Window previous;

	BillAccount(int maxSeries) {
		this.maxSeries = maxSeries;
	}

	synchronized void add(MeteredMessage message, Instant now) {
		turnTo(now);
		if (this.lastExport == null) {
			this.current = new Window(now);
		}
		if (this.lastExport == null || !now.isBefore(this.lastExport.plus(EXPORT))) {
			this.lastExport = now;
		}
		this.current.add(message, this.lastExport, this.maxSeries);
	}

	/**
	 * The current rate and the series of an hour.
	 */
	synchronized Balance balance(Instant now) {
		turnTo(now);
		Window shown = (this.previous != null && this.current.length().compareTo(ENOUGH) < 0) ? this.previous
				: this.current;
		return new Balance(shown.series.size(), shown.moreSeries, shown.perMinute());
	}

	private void turnTo(Instant now) {
		long hour = Math.floorDiv(now.getEpochSecond(), Duration.ofHours(1).toSeconds());
		if (hour <= this.hour) {
			return;
		}
		boolean next = hour == this.hour + 1;
		this.previous = next ? this.current : null;
		this.lastExport = next ? this.lastExport : null;
		this.current = new Window((this.lastExport != null) ? this.lastExport : now);
		this.hour = hour;
	}

	/**
	 * What is billed for.
	 *
	 * @param series distinct series of an hour
	 * @param hasMoreSeries whether there are more than were counted
	 * @param perMinute how much is sent in a minute
	 */
	record Balance(int series, boolean hasMoreSeries, Volume perMinute) {

	}

	/**
	 * An hour, from the last export before it to the last one in it. So it has as many
	 * exports as intervals between them.
	 */
	private static final class Window {

		private final Instant start;

		private final Set<Long> series = new HashSet<>();

		private Instant end;

		private boolean moreSeries;

		private Volume first = Volume.NONE;

		private Volume following = Volume.NONE;

		Window(Instant start) {
			this.start = start;
			this.end = start;
		}

		void add(MeteredMessage message, Instant export, int maxSeries) {
			for (long series : message.series()) {
				if (this.series.size() < maxSeries) {
					this.series.add(series);
				}
				else {
					this.moreSeries |= !this.series.contains(series);
				}
			}
			if (export.equals(this.start)) {
				this.first = this.first.plus(message.volume());
			}
			else {
				this.following = this.following.plus(message.volume());
				this.end = export;
			}
		}

		Duration length() {
			return Duration.between(this.start, this.end);
		}

		/**
		 * After the first export nobody knows when the next will be; most are a minute
		 * apart.
		 */
		Volume perMinute() {
			return length().isZero() ? this.first
					: this.following.times((double) Duration.ofMinutes(1).toMillis() / length().toMillis());
		}

	}

}
