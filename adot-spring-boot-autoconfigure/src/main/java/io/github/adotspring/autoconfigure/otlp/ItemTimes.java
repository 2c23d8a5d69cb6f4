package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.adotspring.autoconfigure.Signal;

/**
 * When an item was: start and end of a span, time of a data point, time of a log record
 * or else when it was observed.
 *
 * @param earliest nanoseconds since the epoch, {@link Long#MAX_VALUE} if unknown
 * @param latest nanoseconds since the epoch, {@code 0} if unknown
 */
record ItemTimes(long earliest, long latest) {

	/** An item without a time is neither old nor new, nor far from any other. */
	static final ItemTimes UNKNOWN = new ItemTimes(Long.MAX_VALUE, 0);

	static ItemTimes read(Signal signal, Chunk item) throws IOException {
		return switch (signal) {
			case TRACES -> read(item, 7).join(read(item, 8));
			case METRICS -> read(item, 3);
			case LOGS -> {
				ItemTimes times = read(item, 1);
				yield times.isKnown() ? times : read(item, 11);
			}
		};
	}

	/**
	 * Stops at the field, which writers put before what is large.
	 */
	private static ItemTimes read(Chunk item, int field) throws IOException {
		CodedInputStream input = item.open();
		int wanted = (field << 3) | WireFormat.WIRETYPE_FIXED64;
		int tag;
		while ((tag = input.readTag()) != 0) {
			if (tag == wanted) {
				return at(input.readFixed64());
			}
			Chunk.skip(input, tag);
		}
		return UNKNOWN;
	}

	/**
	 * A time, which is unsigned on the wire.
	 */
	private static ItemTimes at(long nanos) {
		long time = (nanos < 0) ? Long.MAX_VALUE : nanos;
		return (time == 0) ? UNKNOWN : new ItemTimes(time, time);
	}

	boolean isKnown() {
		return this.latest > 0;
	}

	ItemTimes join(ItemTimes other) {
		return new ItemTimes(Math.min(this.earliest, other.earliest), Math.max(this.latest, other.latest));
	}

	/**
	 * Nanoseconds between the earliest and the latest, negative if unknown.
	 */
	long spread() {
		return this.latest - this.earliest;
	}

}
