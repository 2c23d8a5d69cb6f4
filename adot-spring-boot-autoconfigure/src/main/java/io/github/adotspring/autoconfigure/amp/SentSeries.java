package io.github.adotspring.autoconfigure.amp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the series that were sent: to send no sample that is not newer than the last,
 * for which a server refuses requests, to begin counters at zero, and to end the series
 * when the application stops.
 */
final class SentSeries {

	/**
	 * How long a series may be away before it is forgotten. Queries find no sample that
	 * is older, so there is nothing left to end.
	 */
	private static final Duration AWAY = Duration.ofMinutes(5);

	/**
	 * How long ago a counter may have begun to be sent with its beginning. Shorter than a
	 * series may be away, so that one which comes back does not begin again.
	 */
	private static final Duration YOUNG = Duration.ofMinutes(4);

	/**
	 * How often a series that says always the same is sent. Often enough for queries to
	 * find it, and longer than a request is on its way: requests of two sources can
	 * overtake each other, and the second would bring an old sample.
	 */
	private static final Duration REPEAT = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog("io.github.adotspring");

	private final int max;

	/** In the order in which they were last sent. */
	private final Map<LabelSet, Last> series = new LinkedHashMap<>();

	/** Time of the last sample, or end, of a series that is not remembered. */
	private long unknownUntil = Long.MIN_VALUE;

	private boolean full;

	/**
	 * Create a memory.
	 * @param max the most series that are remembered
	 */
	SentSeries(int max) {
		this.max = max;
	}

	/**
	 * Admit the series of a data point, all or none.
	 * @param series the series
	 * @param start when their counters began, in milliseconds, 0 if that is not known
	 * @param time time of the samples in milliseconds
	 * @param now the time in milliseconds
	 */
	synchronized Admission admit(List<Series> series, long start, long time, long now) {
		forgetAway(now);
		for (Series one : series) {
			Last last = this.series.get(one.labels());
			if (last != null && time <= last.time()) {
				return Admission.refused((time == last.time()) ? Reason.DUPLICATE : Reason.TOO_OLD);
			}
		}
		boolean isYoung = start > 0 && start < time && time - start <= YOUNG.toMillis() && start > this.unknownUntil;
		Set<LabelSet> begun = new HashSet<>();
		for (Series one : series) {
			if (remember(one, time, now) && isYoung) {
				begun.add(one.labels());
			}
		}
		return new Admission(null, begun);
	}

	/**
	 * Admit a series that says always the same, unless it was sent a short time ago.
	 * @param series the series
	 * @param now time of its sample in milliseconds
	 */
	synchronized boolean admitAgain(Series series, long now) {
		Last last = this.series.get(series.labels());
		if (last != null && now - last.time() < REPEAT.toMillis()) {
			return false;
		}
		remember(series, now, now);
		return true;
	}

	private boolean remember(Series one, long time, long now) {
		boolean isNew = this.series.remove(one.labels()) == null;
		if (isNew && this.series.size() >= this.max) {
			warn();
			this.unknownUntil = Math.max(this.unknownUntil, time);
			return false;
		}
		this.series.put(one.labels(), new Last(one.value().stale(), time, now));
		return isNew;
	}

	private void warn() {
		if (!this.full) {
			this.full = true;
			logger.warn("More than " + this.max + " series go to Amazon Managed Service for Prometheus. Those beyond "
					+ "are sent, but don't begin at zero and don't end with the application. Raise '"
					+ AmpProperties.PREFIX + ".max-series' or lower the number of tag values.");
		}
	}

	private void forgetAway(long now) {
		var oldest = this.series.values().iterator();
		while (oldest.hasNext() && now - oldest.next().seen() > AWAY.toMillis()) {
			oldest.remove();
		}
	}

	/**
	 * Forget all series.
	 * @param now the time in milliseconds
	 * @return what ends them
	 */
	synchronized List<Ending> endAll(long now) {
		forgetAway(now);
		List<Ending> endings = new ArrayList<>();
		this.series
			.forEach((labels, last) -> endings.add(new Ending(labels, last.stale(), Math.max(now, last.time() + 1))));
		this.series.clear();
		this.unknownUntil = endings.stream().mapToLong(Ending::time).reduce(this.unknownUntil, Math::max);
		return endings;
	}

	/**
	 * Whether a data point may be sent.
	 *
	 * @param refused why not, {@code null} if it may
	 * @param begun its series that begin with it, and counted from zero a short time ago
	 */
	record Admission(@Nullable Reason refused, Set<LabelSet> begun) {

		static Admission refused(Reason reason) {
			return new Admission(reason, Set.of());
		}

	}

	/**
	 * The end of a series.
	 *
	 * @param labels the labels of the series
	 * @param stale the value that ends it
	 * @param time time in milliseconds
	 */
	record Ending(LabelSet labels, SampleValue stale, long time) {

	}

	/**
	 * The last sample of a series.
	 *
	 * @param stale the value that ends the series
	 * @param time its time in milliseconds
	 * @param seen when it was sent, in milliseconds
	 */
	private record Last(SampleValue stale, long time, long seen) {

	}

}
