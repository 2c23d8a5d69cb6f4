package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.adotspring.autoconfigure.Signal;

/**
 * An OTLP request message, taken apart down to its items by walking its field headers.
 * Nothing is decoded or copied.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">OTLP message
 * definitions</a>
 */
final class OtlpMessage {

	/** Depth of the frame of a resource. */
	static final int RESOURCE = 1;

	/** Depth of the frame of a scope. */
	static final int SCOPE = 2;

	/** Depth of the frame of a metric. */
	static final int METRIC = 3;

	/** Field numbers of resource, scope and item; the same for spans and log records. */
	private static final List<Set<Integer>> RECORDS = List.of(Set.of(1), Set.of(2), Set.of(2));

	/**
	 * Below a metric: gauge, sum, histogram, exponential histogram or summary, and their
	 * data points.
	 */
	private static final List<Set<Integer>> DATA_POINTS = List.of(Set.of(1), Set.of(2), Set.of(2),
			Set.of(5, 7, 9, 10, 11), Set.of(1));

	private final List<Set<Integer>> path;

	private final byte[] bytes;

	private final CodedInputStream input;

	private final List<Frame> resources = new ArrayList<>();

	private final List<Item> items = new ArrayList<>();

	private OtlpMessage(Signal signal, byte[] bytes) {
		this.path = (signal == Signal.METRICS) ? DATA_POINTS : RECORDS;
		this.bytes = bytes;
		this.input = CodedInputStream.newInstance(bytes);
	}

	/**
	 * Walk a message.
	 * @throws IOException if it is malformed
	 */
	static OtlpMessage read(Signal signal, byte[] bytes) throws IOException {
		OtlpMessage message = new OtlpMessage(signal, bytes);
		message.read(Frame.request());
		return message;
	}

	/**
	 * The frames of the resources.
	 */
	List<Frame> resources() {
		return this.resources;
	}

	List<Item> items() {
		return this.items;
	}

	private void read(Frame frame) throws IOException {
		int begin = this.input.getTotalBytesRead();
		int tag;
		while ((tag = this.input.readTag()) != 0) {
			if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
				readField(frame, begin, WireFormat.getTagFieldNumber(tag));
			}
			else {
				Chunk.skip(this.input, tag);
				frame.keep(chunk(begin));
			}
			begin = this.input.getTotalBytesRead();
		}
	}

	private void readField(Frame frame, int begin, int field) throws IOException {
		int length = this.input.readRawVarint32();
		int offset = this.input.getTotalBytesRead();
		boolean onPath = this.path.get(frame.depth()).contains(field);
		if (onPath && frame.depth() < this.path.size() - 1) {
			int outer = this.input.pushLimit(length);
			read(child(frame, field, length));
			this.input.popLimit(outer);
			return;
		}
		this.input.skipRawBytes(length);
		if (onPath) {
			this.items.add(new Item(frame, field, chunk(offset)));
		}
		else {
			frame.keep(field, chunk(begin), chunk(offset));
		}
	}

	private Frame child(Frame frame, int field, int length) {
		Frame child = frame.child(field, length);
		if (child.depth() == RESOURCE) {
			this.resources.add(child);
		}
		return child;
	}

	private Chunk chunk(int begin) {
		return new Chunk(this.bytes, begin, this.input.getTotalBytesRead() - begin);
	}

}
