package io.github.adotspring.autoconfigure.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * The strings and bytes in the body and the attributes of a log record, however deep.
 */
final class LogStrings {

	/** Deeper ones are taken as they are, so that nobody runs out of stack. */
	private static final int MAX_DEPTH = 50;

	private LogStrings() {
	}

	/**
	 * How many bytes each has.
	 */
	static List<Integer> lengths(Chunk logRecord) throws IOException {
		List<Integer> lengths = new ArrayList<>();
		measure(logRecord, Kind.RECORD, 0, lengths);
		return lengths;
	}

	private static void measure(Chunk message, Kind kind, int depth, List<Integer> lengths) throws IOException {
		if (kind.isLeaf()) {
			lengths.add(message.length());
			return;
		}
		CodedInputStream input = message.open();
		int tag;
		while ((tag = input.readTag()) != 0) {
			Kind child = child(kind, tag, depth);
			if (child != null) {
				measure(value(message, input), child, depth + 1, lengths);
			}
			else {
				Chunk.skip(input, tag);
			}
		}
	}

	/**
	 * The record with none of them longer than that.
	 */
	static byte[] cut(Chunk logRecord, int maxLength) throws IOException {
		return cut(logRecord, Kind.RECORD, 0, maxLength);
	}

	private static byte[] cut(Chunk message, Kind kind, int depth, int maxLength) throws IOException {
		ByteArrayOutputStream cut = new ByteArrayOutputStream(Math.min(message.length(), maxLength) + 64);
		if (kind.isLeaf()) {
			cut.write(message.bytes(), message.offset(), kind.end(message, maxLength));
			return cut.toByteArray();
		}
		CodedOutputStream output = CodedOutputStream.newInstance(cut);
		CodedInputStream input = message.open();
		int begin = 0;
		int tag;
		while ((tag = input.readTag()) != 0) {
			Kind child = child(kind, tag, depth);
			if (child != null) {
				output.writeByteArray(WireFormat.getTagFieldNumber(tag),
						cut(value(message, input), child, depth + 1, maxLength));
			}
			else {
				Chunk.skip(input, tag);
				output.writeRawBytes(message.bytes(), message.offset() + begin, input.getTotalBytesRead() - begin);
			}
			begin = input.getTotalBytesRead();
		}
		output.flush();
		return cut.toByteArray();
	}

	private static @Nullable Kind child(Kind kind, int tag, int depth) {
		boolean isMessage = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
		return (isMessage && depth < MAX_DEPTH) ? kind.child(WireFormat.getTagFieldNumber(tag)) : null;
	}

	private static Chunk value(Chunk message, CodedInputStream input) throws IOException {
		int length = input.readRawVarint32();
		Chunk value = new Chunk(message.bytes(), message.offset() + input.getTotalBytesRead(), length);
		input.skipRawBytes(length);
		return value;
	}

	/**
	 * The messages that strings are in.
	 */
	private enum Kind {

		RECORD, ATTRIBUTE, VALUE, ARRAY, MAP, STRING, BYTES;

		@Nullable Kind child(int field) {
			return switch (this) {
				case RECORD -> (field == 5) ? VALUE : (field == 6) ? ATTRIBUTE : null;
				case ATTRIBUTE -> (field == 2) ? VALUE : null;
				case VALUE -> switch (field) {
					case 1 -> STRING;
					case 5 -> ARRAY;
					case 6 -> MAP;
					case 7 -> BYTES;
					default -> null;
				};
				case ARRAY -> (field == 1) ? VALUE : null;
				case MAP -> (field == 1) ? ATTRIBUTE : null;
				case STRING, BYTES -> null;
			};
		}

		boolean isLeaf() {
			return this == STRING || this == BYTES;
		}

		/**
		 * Where to cut: in a string before a character and not within.
		 */
		int end(Chunk value, int maxLength) {
			int end = Math.min(value.length(), maxLength);
			if (end < value.length() && this == STRING) {
				while (end > 0 && (value.bytes()[value.offset() + end] & 0xC0) == 0x80) {
					end--;
				}
			}
			return end;
		}

	}

}
