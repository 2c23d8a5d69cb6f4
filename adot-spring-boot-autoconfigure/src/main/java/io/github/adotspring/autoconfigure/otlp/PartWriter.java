package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.util.List;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;

/**
 * Writes a request message with some of the items of another: each in its frames, which
 * keep all fields of their own.
 */
final class PartWriter {

	private PartWriter() {
	}

	/**
	 * Write a part.
	 * @param items at least one item, in the order of the message
	 */
	static Split.Part write(List<Item> items) throws IOException {
		Frame request = items.get(0).frame().at(0);
		byte[] message = new byte[size(request, items)];
		CodedOutputStream output = CodedOutputStream.newInstance(message);
		write(request, items, output);
		output.checkNoSpaceLeft();
		return new Split.Part(message, items.size());
	}

	private static int size(Frame frame, List<Item> items) {
		int size = frame.ownBytes();
		if (holdsItems(frame, items)) {
			return size + items.stream().mapToInt(Item::bytes).sum();
		}
		for (int from = 0, to; from < items.size(); from = to) {
			Frame child = items.get(from).frame().at(frame.depth() + 1);
			to = endOf(child, items, from);
			int content = size(child, items.subList(from, to));
			size += CodedOutputStream.computeTagSize(child.field()) + CodedOutputStream.computeUInt32SizeNoTag(content)
					+ content;
		}
		return size;
	}

	private static void write(Frame frame, List<Item> items, CodedOutputStream output) throws IOException {
		for (Chunk field : frame.ownFields()) {
			write(field, output);
		}
		if (holdsItems(frame, items)) {
			for (Item item : items) {
				writeHeader(item.field(), item.value().length(), output);
				write(item.value(), output);
			}
			return;
		}
		for (int from = 0, to; from < items.size(); from = to) {
			Frame child = items.get(from).frame().at(frame.depth() + 1);
			to = endOf(child, items, from);
			List<Item> inChild = items.subList(from, to);
			writeHeader(child.field(), size(child, inChild), output);
			write(child, inChild, output);
		}
	}

	private static boolean holdsItems(Frame frame, List<Item> items) {
		return items.get(0).frame() == frame;
	}

	private static int endOf(Frame child, List<Item> items, int from) {
		int end = from;
		while (end < items.size() && items.get(end).frame().at(child.depth()) == child) {
			end++;
		}
		return end;
	}

	private static void writeHeader(int field, int length, CodedOutputStream output) throws IOException {
		output.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
		output.writeUInt32NoTag(length);
	}

	private static void write(Chunk chunk, CodedOutputStream output) throws IOException {
		output.writeRawBytes(chunk.bytes(), chunk.offset(), chunk.length());
	}

}
