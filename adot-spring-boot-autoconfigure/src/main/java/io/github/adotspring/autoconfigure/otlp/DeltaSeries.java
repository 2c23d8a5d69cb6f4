package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The last points of the series of one kind, and what was added since. Safe to be used by
 * many threads at once.
 *
 * @param <P> the message of the kind
 */
final class DeltaSeries<P> {

	/** How long a series that goes on may not be seen. */
	private static final long AWAY_NANOS = TimeUnit.MINUTES.toNanos(10);

	private final CumulativePoints<P> kind;

	private final int maxSeries;

	/** In the order in which they were last seen. */
	private final Map<Key, P> last = new LinkedHashMap<>(16, 0.75f, true);

	/** The latest time of a point that was forgotten. */
	private long forgottenUntil;

	DeltaSeries(CumulativePoints<P> kind, int maxSeries) {
		this.kind = kind;
		this.maxSeries = maxSeries;
	}

	/**
	 * Convert the points of one metric.
	 * @param metric the series without attributes
	 * @param points what was counted since the start
	 * @param withheld where points go that have no delta
	 * @return what was added
	 */
	synchronized List<P> convert(Key metric, List<P> points, DroppedPoints withheld) {
		List<P> deltas = new ArrayList<>(points.size());
		for (P point : points) {
			P delta = this.kind.isCounted(point) ? delta(metric.with(this.kind.attributes(point)), point, withheld)
					: point;
			if (delta != null) {
				deltas.add(delta);
			}
		}
		return deltas;
	}

	private @Nullable P delta(Key series, P point, DroppedPoints withheld) {
		P previous = this.last.get(series);
		long time = this.kind.timeUnixNano(point);
		if (previous != null && time != 0 && time <= this.kind.timeUnixNano(previous)) {
			withheld.add(Reason.DUPLICATE, series.metric(), "it is not later than the one before");
			return null;
		}
		if (previous == null && this.last.size() >= this.maxSeries && !forgetOldest(time)) {
			withheld.add(Reason.WRONG_TEMPORALITY, series.metric(),
					"it counts since the start, and of more than %d series it is not known what was counted before"
						.formatted(this.maxSeries));
			return null;
		}
		this.last.put(series, this.kind.remembered(point));
		if (previous != null) {
			return since(point, previous);
		}
		if (this.kind.startTimeUnixNano(point) < this.forgottenUntil) {
			withheld.add(Reason.WRONG_TEMPORALITY, series.metric(),
					"it counts since the start, and what was counted before is not known any more");
			return null;
		}
		return point;
	}

	private P since(P point, P previous) {
		if (this.kind.startTimeUnixNano(point) > this.kind.startTimeUnixNano(previous)) {
			return point;
		}
		P difference = this.kind.subtract(point, previous);
		return (difference != null) ? difference : this.kind.since(point, this.kind.timeUnixNano(previous));
	}

	/**
	 * Make room, but not at the cost of a series that goes on: each would miss its point
	 * in turn.
	 */
	private boolean forgetOldest(long timeUnixNano) {
		Iterator<P> oldest = this.last.values().iterator();
		long seen = this.kind.timeUnixNano(oldest.next());
		if (timeUnixNano - seen <= AWAY_NANOS) {
			return false;
		}
		this.forgottenUntil = Math.max(this.forgottenUntil, seen);
		oldest.remove();
		return true;
	}

	/**
	 * What tells series apart.
	 *
	 * @param resource where it comes from
	 * @param scope what made it
	 * @param metric the name of the metric
	 * @param unit the unit of the metric
	 * @param attributes its attributes, in any order
	 */
	record Key(Resource resource, InstrumentationScope scope, String metric, String unit, Set<KeyValue> attributes) {

		private Key with(List<KeyValue> attributes) {
			return new Key(this.resource, this.scope, this.metric, this.unit, new HashSet<>(attributes));
		}

	}

}
