package io.github.adotspring.autoconfigure.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a message, not copied.
 *
 * @param bytes the whole message
 * @param offset where the chunk begins
 * @param length number of bytes
 */
record Chunk(byte[] bytes, int offset, int length) {

	CodedInputStream open() {
		return CodedInputStream.newInstance(this.bytes, this.offset, this.length);
	}

	/**
	 * The values of a field that is a message, a string or bytes.
	 */
	List<Chunk> all(int field) throws IOException {
		List<Chunk> values = new ArrayList<>();
		CodedInputStream input = open();
		int tag;
		while ((tag = input.readTag()) != 0) {
			if (tag == tagOf(field)) {
				int length = input.readRawVarint32();
				values.add(new Chunk(this.bytes, this.offset + input.getTotalBytesRead(), length));
				input.skipRawBytes(length);
			}
			else {
				skip(input, tag);
			}
		}
		return values;
	}

	/**
	 * The value of such a field that counts, which is the last.
	 */
	@Nullable Chunk last(int field) throws IOException {
		List<Chunk> values = all(field);
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	String text() {
		return new String(this.bytes, this.offset, this.length, StandardCharsets.UTF_8);
	}

	/**
	 * Characters if this is a string in UTF-8.
	 */
	int chars() {
		int chars = 0;
		for (int i = 0; i < this.length; i++) {
			boolean continued = (this.bytes[this.offset + i] & 0xC0) == 0x80;
			chars += continued ? 0 : 1;
		}
		return chars;
	}

	static int tagOf(int field) {
		return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
	}

	static void skip(CodedInputStream input, int tag) throws IOException {
		if (!input.skipField(tag)) {
			throw new IOException("A group ends that did not begin");
		}
	}

}
