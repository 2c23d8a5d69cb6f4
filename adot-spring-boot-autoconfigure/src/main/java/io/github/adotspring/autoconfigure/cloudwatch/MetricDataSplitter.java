package io.github.adotspring.autoconfigure.cloudwatch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.github.adotspring.autoconfigure.cloudwatch.Translation.Datum;
import io.github.adotspring.autoconfigure.cloudwatch.Translation.None;
import io.github.adotspring.autoconfigure.datum.Refusal;
import io.github.adotspring.autoconfigure.datum.TimeRange;
import io.github.adotspring.autoconfigure.otlp.DataPoint;
import io.github.adotspring.autoconfigure.otlp.DroppedPoints;
import io.github.adotspring.autoconfigure.otlp.MessageSplitter;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Dropped;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Cuts messages into messages of which each is one call of {@code PutMetricData}: every
 * data point in them is one datum.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 */
final class MetricDataSplitter implements MessageSplitter {

	private static final int MAX_DATA = 1_000;

	/** AWS writes 1 MB; this is the smaller of the two that it can mean. */
	private static final int MAX_BYTES = 1_000_000;

	private final DatumTranslator translator;

	private final int emptyBytes;

	private final Clock clock;

	MetricDataSplitter(DatumTranslator translator, String namespace, Clock clock) {
		this.translator = translator;
		this.emptyBytes = RequestSize.of(namespace);
		this.clock = clock;
	}

	@Override
	public Split split(byte[] message) {
		Sorting sorting = new Sorting(TimeRange.at(this.clock.instant()));
		DataPoint.read(message).forEach(sorting::add);
		List<Dropped> dropped = sorting.dropped.toList();
		boolean isWhole = sorting.parts.size() == 1 && dropped.isEmpty();
		return new Split(isWhole ? List.of(new Part(message, sorting.parts.get(0).items()))
				: sorting.parts.stream().map(MessagePart::build).toList(), dropped, List.of());
	}

	@Override
	public Split halve(byte[] request) {
		List<DataPoint> points = DataPoint.read(request).toList();
		if (points.size() > 1) {
			int middle = points.size() / 2;
			return new Split(List.of(part(points.subList(0, middle)), part(points.subList(middle, points.size()))),
					List.of(), List.of());
		}
		DroppedPoints dropped = new DroppedPoints();
		points
			.forEach((point) -> dropped.add(Reason.TOO_LARGE, point.metric().getName(), "refused as too large alone"));
		return new Split(List.of(), dropped.toList(), List.of());
	}

	private static Part part(List<DataPoint> points) {
		MessagePart part = new MessagePart();
		points.forEach(part::add);
		return part.build();
	}

	/**
	 * Sorts the data points of one message into parts.
	 */
	private final class Sorting {

		private final TimeRange times;

		private final List<MessagePart> parts = new ArrayList<>();

		private final DroppedPoints dropped = new DroppedPoints();

		private int bytes;

		Sorting(TimeRange times) {
			this.times = times;
		}

		void add(DataPoint point) {
			Refusal wrongTime = this.times.refusal(point);
			Translation translation = (wrongTime != null) ? new None(wrongTime)
					: MetricDataSplitter.this.translator.translate(point);
			if (translation instanceof Datum datum) {
				partWithRoomFor(RequestSize.of(datum.value())).add(point);
			}
			else if (translation instanceof None none) {
				this.dropped.add(none.refusal().reason(), point.metric().getName(), none.refusal().text());
			}
		}

		private MessagePart partWithRoomFor(int datumBytes) {
			MessagePart last = this.parts.isEmpty() ? null : this.parts.get(this.parts.size() - 1);
			if (last != null && last.items() < MAX_DATA && this.bytes + datumBytes <= MAX_BYTES) {
				this.bytes += datumBytes;
				return last;
			}
			MessagePart next = new MessagePart();
			this.parts.add(next);
			this.bytes = MetricDataSplitter.this.emptyBytes + datumBytes;
			return next;
		}

	}

}
