package io.github.adotspring.autoconfigure.amp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.adotspring.autoconfigure.otlp.Split.Part;

/**
 * Writes requests of series and takes them apart again.
 *
 * @see <a href= "https://prometheus.io/docs/specs/prw/remote_write_spec/">Prometheus
 * remote write 1.0</a>
 */
final class WriteRequest {

	private static final int LABELS_TAG = tag(Block.LABELS_FIELD);

	private WriteRequest() {
	}

	/**
	 * Write a request. Series that belong to no data point come first.
	 */
	static Part write(List<Block> blocks) {
		ProtoWriter request = new ProtoWriter();
		int items = 0;
		for (Block block : blocks) {
			request.raw(block.bytes());
			items += block.items();
		}
		return new Part(request.toByteArray(), items);
	}

	/**
	 * Take a request apart.
	 * @throws IOException if it is malformed
	 */
	static List<Block> read(byte[] request) throws IOException {
		List<Block> blocks = new ArrayList<>();
		CodedInputStream input = CodedInputStream.newInstance(request);
		while (!input.isAtEnd()) {
			if (input.readTag() != tag(Block.TIMESERIES_FIELD)) {
				throw new IOException("Not a request with nothing but series");
			}
			byte[] series = input.readByteArray();
			boolean isFirst = CodedInputStream.newInstance(series).readTag() == LABELS_TAG;
			byte[] field = new ProtoWriter().bytes(Block.TIMESERIES_FIELD, series).toByteArray();
			int last = blocks.size() - 1;
			if (isFirst || last < 0 || blocks.get(last).items() == 0) {
				blocks.add(new Block(field, isFirst ? 1 : 0));
			}
			else {
				blocks.set(last,
						new Block(new ProtoWriter().raw(blocks.get(last).bytes()).raw(field).toByteArray(), 1));
			}
		}
		return blocks;
	}

	/**
	 * Where to cut so that both sides have a block and neither has much more bytes.
	 * @param blocks two or more
	 */
	static int middle(List<Block> blocks) {
		long half = bytes(blocks) / 2;
		int middle = 0;
		long bytes = 0;
		while (middle < blocks.size() - 1 && bytes + blocks.get(middle).bytes().length / 2 < half) {
			bytes += blocks.get(middle++).bytes().length;
		}
		return Math.max(middle, 1);
	}

	/**
	 * The name of the first metric of a block, empty if it can't be read.
	 */
	static String name(Block block) {
		try {
			CodedInputStream request = CodedInputStream.newInstance(block.bytes());
			request.readTag();
			CodedInputStream series = request.readBytes().newCodedInput();
			int tag;
			while ((tag = series.readTag()) != 0) {
				if (tag == LABELS_TAG) {
					CodedInputStream label = series.readBytes().newCodedInput();
					label.readTag();
					if (label.readString().equals(Labels.NAME)) {
						label.readTag();
						return label.readString();
					}
				}
				else {
					series.skipField(tag);
				}
			}
			return "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static long bytes(List<Block> blocks) {
		return blocks.stream().mapToLong((block) -> block.bytes().length).sum();
	}

	private static int tag(int field) {
		return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
	}

}
