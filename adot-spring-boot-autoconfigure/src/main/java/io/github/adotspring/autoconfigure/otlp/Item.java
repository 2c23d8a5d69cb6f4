package io.github.adotspring.autoconfigure.otlp;

import com.google.protobuf.CodedOutputStream;

/**
 * A span, a log record or a data point, not decoded.
 *
 * @param frame what it is in
 * @param field its field number there
 * @param value its bytes
 */
record Item(Frame frame, int field, Chunk value) {

	/**
	 * Its bytes in its frame.
	 */
	int bytes() {
		return CodedOutputStream.computeTagSize(this.field)
				+ CodedOutputStream.computeUInt32SizeNoTag(this.value.length()) + this.value.length();
	}

	/**
	 * Its bytes with those of its resource and its scope.
	 */
	long eventBytes() {
		return (long) this.value.length() + this.frame.contextBytes();
	}

	/**
	 * Bytes of a request message with nothing else in it.
	 */
	long requestBytes() {
		long bytes = bytes();
		for (Frame frame = this.frame; frame != null; frame = frame.parent()) {
			bytes += frame.ownBytes();
			if (frame.parent() != null) {
				bytes += CodedOutputStream.computeTagSize(frame.field())
						+ CodedOutputStream.computeUInt64SizeNoTag(bytes);
			}
		}
		return bytes;
	}

}
