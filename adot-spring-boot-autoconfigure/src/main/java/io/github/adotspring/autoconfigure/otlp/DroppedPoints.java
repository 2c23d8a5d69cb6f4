package io.github.adotspring.autoconfigure.otlp;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Counts the data points that are in no request, and describes the first of each reason.
 */
public final class DroppedPoints {

	private final Map<Reason, Dropped> dropped = new EnumMap<>(Reason.class);

	/**
	 * Count a data point.
	 * @param reason why it is in no request
	 * @param metric the name of its metric
	 * @param text how it is and what is possible, safe to log
	 */
	public void add(Reason reason, String metric, String text) {
		this.dropped.merge(reason,
				new Dropped(reason, 1, "data point of metric '" + ItemName.clean(metric) + "': " + text),
				(first, more) -> new Dropped(reason, first.items() + 1, first.description()));
	}

	/**
	 * What was counted.
	 * @return one for each reason
	 */
	public List<Dropped> toList() {
		return List.copyOf(this.dropped.values());
	}

}
