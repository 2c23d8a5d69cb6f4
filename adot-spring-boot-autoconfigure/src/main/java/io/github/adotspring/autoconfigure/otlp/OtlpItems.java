package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.adotspring.autoconfigure.Signal;

/**
 * Counts the items of an OTLP request message by walking its field headers, without
 * decoding it.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">OTLP message
 * definitions</a>
 */
public final class OtlpItems {

	/** Field numbers of resource, scope and item; the same for spans and log records. */
	private static final List<Set<Integer>> RECORDS = List.of(Set.of(1), Set.of(2), Set.of(2));

	/**
	 * Below a metric: gauge, sum, histogram, exponential histogram or summary, and their
	 * data points.
	 */
	private static final List<Set<Integer>> DATA_POINTS = List.of(Set.of(1), Set.of(2), Set.of(2),
			Set.of(5, 7, 9, 10, 11), Set.of(1));

	private OtlpItems() {
	}

	/**
	 * Count the spans, data points or log records of a message.
	 * @param signal the signal of the message
	 * @param message an export request of the signal in protobuf, not compressed
	 * @return the number of items
	 * @throws UncheckedIOException if the bytes are not such a message
	 */
	public static int count(Signal signal, byte[] message) {
		try {
			return count(CodedInputStream.newInstance(message), (signal == Signal.METRICS) ? DATA_POINTS : RECORDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Not an OTLP message", ex);
		}
	}

	private static int count(CodedInputStream input, List<Set<Integer>> path) throws IOException {
		int items = 0;
		int tag;
		while ((tag = input.readTag()) != 0) {
			boolean onPath = path.get(0).contains(WireFormat.getTagFieldNumber(tag))
					&& WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
			if (!onPath || path.size() == 1) {
				items += onPath ? 1 : 0;
				input.skipField(tag);
			}
			else {
				int outer = input.pushLimit(input.readRawVarint32());
				items += count(input, path.subList(1, path.size()));
				input.popLimit(outer);
			}
		}
		return items;
	}

}
