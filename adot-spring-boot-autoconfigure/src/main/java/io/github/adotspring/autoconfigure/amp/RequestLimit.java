package io.github.adotspring.autoconfigure.amp;

import java.util.ArrayList;
import java.util.List;

import io.github.adotspring.autoconfigure.otlp.DroppedPoints;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.otlp.Split.Reason;

/**
 * Makes requests that are small enough once they are compressed. Most are small enough
 * for any compression; only a large one is compressed to see.
 *
 * @param bytes the most bytes of a compressed request
 */
record RequestLimit(int bytes) {

	/**
	 * The 1 MB that AMP takes, where nobody says how many bytes a megabyte has.
	 */
	static final RequestLimit AMP = new RequestLimit(1_000_000);

	/**
	 * Make few requests.
	 * @param blocks what to send, series that belong to no data point first
	 * @param dropped gets the data points that need more than a request
	 */
	List<Part> cut(List<Block> blocks, DroppedPoints dropped) {
		List<Part> parts = new ArrayList<>();
		cut(blocks, dropped, parts);
		return parts;
	}

	private void cut(List<Block> blocks, DroppedPoints dropped, List<Part> parts) {
		if (blocks.isEmpty()) {
			return;
		}
		Part part = WriteRequest.write(blocks);
		if (isKeptBy(part.message())) {
			parts.add(part);
		}
		else if (blocks.size() > 1) {
			int middle = WriteRequest.middle(blocks);
			cut(blocks.subList(0, middle), dropped, parts);
			cut(blocks.subList(middle, blocks.size()), dropped, parts);
		}
		else if (part.items() > 0) {
			dropped.add(Reason.TOO_LARGE, WriteRequest.name(blocks.get(0)),
					"its series need more than the %d bytes of a request".formatted(this.bytes));
		}
	}

	private boolean isKeptBy(byte[] request) {
		return SnappyCompressor.maxLength(request.length) <= this.bytes
				|| SnappyCompressor.compress(request).length <= this.bytes;
	}

}
