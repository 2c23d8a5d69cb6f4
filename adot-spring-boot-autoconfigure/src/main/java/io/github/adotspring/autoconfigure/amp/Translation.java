package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adotspring.autoconfigure.amp.SentSeries.Admission;
import io.github.adotspring.autoconfigure.otlp.DroppedPoints;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;
import io.opentelemetry.proto.metrics.v1.Metric;

/**
 * Gathers what one message becomes.
 */
final class Translation {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final SentSeries sent;

	private final long now;

	private final DroppedPoints dropped;

	private final List<Block> points = new ArrayList<>();

	/** The samples in this message, also of series that are not remembered. */
	private final Map<LabelSet, Taken> taken = new HashMap<>();

	private final Set<LabelSet> targets = new LinkedHashSet<>();

	Translation(SentSeries sent, long now, DroppedPoints dropped) {
		this.sent = sent;
		this.now = now;
		this.dropped = dropped;
	}

	void add(Metric metric, Point point, Target target) {
		if (point.reason() != null) {
			this.dropped.add(point.reason(), metric.getName(), point.text());
			return;
		}
		long time = millis(point.timeNanos(), this.now);
		long start = millis(point.startNanos(), 0);
		Admission admission = admit(metric, point.series(), start, time);
		if (admission.refused() != null) {
			this.dropped.add(admission.refused(), metric.getName(),
					"a series of the same name and labels has a sample that is not older, or is another metric's");
			return;
		}
		point.series().forEach((series) -> this.taken.put(series.labels(), new Taken(metric, time)));
		this.points.add(block(point.series(), admission, start, time));
		if (target.info() != null) {
			this.targets.add(target.info());
		}
	}

	private static long millis(long nanos, long otherwise) {
		return (nanos != 0) ? Long.divideUnsigned(nanos, NANOS_PER_MILLI) : otherwise;
	}

	private Admission admit(Metric metric, List<Series> all, long start, long time) {
		for (Series series : all) {
			Taken before = this.taken.get(series.labels());
			if (before != null && (before.metric() != metric || time <= before.time())) {
				boolean isOlder = before.metric() == metric && time < before.time();
				return Admission.refused(isOlder ? Reason.TOO_OLD : Reason.DUPLICATE);
			}
		}
		return this.sent.admit(all, start, time, this.now);
	}

	private static Block block(List<Series> all, Admission admission, long start, long time) {
		List<byte[]> samples = new ArrayList<>(all.size());
		for (Series series : all) {
			boolean begins = series.isCounter() && !series.value().isZero()
					&& admission.begun().contains(series.labels());
			ProtoWriter writer = new ProtoWriter();
			if (begins) {
				writer.raw(series.value().zero().encode(start));
			}
			samples.add(writer.raw(series.value().encode(time)).toByteArray());
		}
		return Block.ofPoint(all.stream().map(Series::labels).toList(), samples);
	}

	/**
	 * Everything to send, series that belong to no data point first.
	 */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		this.targets.forEach((labels) -> {
			Series info = Series.gauge(labels, 1);
			if (this.sent.admitAgain(info, this.now)) {
				blocks.add(Block.ofSeries(labels, info.value().encode(this.now)));
			}
		});
		blocks.addAll(this.points);
		return blocks;
	}

	/**
	 * A sample in this message.
	 *
	 * @param metric what it is of
	 * @param time its time in milliseconds
	 */
	private record Taken(Metric metric, long time) {

	}

}
