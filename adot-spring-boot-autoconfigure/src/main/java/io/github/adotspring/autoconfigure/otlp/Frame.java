package io.github.adotspring.autoconfigure.otlp;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message around items: the request, what belongs to a resource or to a scope, a metric
 * or its data. It knows its own fields, in bytes, but not the frames and items in it.
 */
final class Frame {

	/** A resource, a scope, or the name of a metric, in the frame around each. */
	private static final int HEAD_FIELD = 1;

	private final @Nullable Frame parent;

	private final int depth;

	private final int field;

	private final int headerBytes;

	private final List<Chunk> ownFields = new ArrayList<>(4);

	private int ownBytes;

	private int headIndex = -1;

	private @Nullable Chunk head;

	private Frame(@Nullable Frame parent, int depth, int field, int headerBytes) {
		this.parent = parent;
		this.depth = depth;
		this.field = field;
		this.headerBytes = headerBytes;
	}

	static Frame request() {
		return new Frame(null, 0, 0, 0);
	}

	/**
	 * The frame that is a field of this one.
	 */
	Frame child(int field, int length) {
		return new Frame(this, this.depth + 1, field,
				CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length));
	}

	/**
	 * Keep a field which is neither a frame nor an item, with its tag.
	 */
	void keep(Chunk whole) {
		this.ownFields.add(whole);
		this.ownBytes += whole.length();
	}

	/**
	 * Keep such a field that is a message, a string or bytes.
	 */
	void keep(int field, Chunk whole, Chunk value) {
		if (field == HEAD_FIELD) {
			this.head = value;
			this.headIndex = this.ownFields.size();
		}
		keep(whole);
	}

	/**
	 * The resource, scope or name of this frame.
	 */
	@Nullable Chunk head() {
		return this.head;
	}

	void replaceHead(Chunk whole, Chunk value) {
		this.ownBytes += whole.length() - this.ownFields.set(this.headIndex, whole).length();
		this.head = value;
	}

	@Nullable Frame parent() {
		return this.parent;
	}

	int depth() {
		return this.depth;
	}

	int field() {
		return this.field;
	}

	/**
	 * Bytes of tag and length before this frame: those it was read with, and at most as
	 * many when some of the items are left out.
	 */
	int headerBytes() {
		return this.headerBytes;
	}

	List<Chunk> ownFields() {
		return this.ownFields;
	}

	int ownBytes() {
		return this.ownBytes;
	}

	/**
	 * The frame at a depth above this one, or this.
	 */
	Frame at(int depth) {
		Frame frame = this;
		while (frame.depth > depth && frame.parent != null) {
			frame = frame.parent;
		}
		return frame;
	}

	int contextBytes() {
		return headBytes(at(OtlpMessage.RESOURCE)) + headBytes(at(OtlpMessage.SCOPE));
	}

	private static int headBytes(Frame frame) {
		return (frame.head != null) ? frame.head.length() : 0;
	}

}
