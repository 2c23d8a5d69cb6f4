package io.github.adotspring.autoconfigure.amp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.CodedOutputStream;

/**
 * Writes one protobuf message field by field, as there are no generated classes for
 * Prometheus's messages. Fields with the default value are left out, as proto3 does.
 */
final class ProtoWriter {

	private static final int BUFFER_BYTES = 64;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);

	private final CodedOutputStream output = CodedOutputStream.newInstance(this.bytes, BUFFER_BYTES);

	ProtoWriter bytes(int field, byte[] value) {
		return write((output) -> output.writeByteArray(field, value));
	}

	/**
	 * A double by its bits, since some NaN have a meaning.
	 */
	ProtoWriter doubleBits(int field, long bits) {
		return (bits != 0) ? write((output) -> output.writeFixed64(field, bits)) : this;
	}

	ProtoWriter int64(int field, long value) {
		return (value != 0) ? write((output) -> output.writeInt64(field, value)) : this;
	}

	ProtoWriter sint32(int field, int value) {
		return (value != 0) ? write((output) -> output.writeSInt32(field, value)) : this;
	}

	/**
	 * An element of a packed field.
	 */
	ProtoWriter packedSInt64(long value) {
		return write((output) -> output.writeSInt64NoTag(value));
	}

	/**
	 * Fields that are written already.
	 */
	ProtoWriter raw(byte[] fields) {
		return write((output) -> output.writeRawBytes(fields));
	}

	byte[] toByteArray() {
		write(CodedOutputStream::flush);
		return this.bytes.toByteArray();
	}

	private ProtoWriter write(Field field) {
		try {
			field.write(this.output);
			return this;
		}
		catch (IOException ex) {
			// A buffer in memory does not fail.
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Field {

		void write(CodedOutputStream output) throws IOException;

	}

}
