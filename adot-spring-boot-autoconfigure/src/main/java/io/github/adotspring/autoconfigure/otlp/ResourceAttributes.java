package io.github.adotspring.autoconfigure.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * Takes attributes that can't be labels out of resources, so that the data points need
 * not go. They say the same of every point of an application, so no two series become
 * one.
 */
final class ResourceAttributes {

	private static final int ATTRIBUTES_TAG = Chunk.tagOf(1);

	private final OtlpLimits.Labels limits;

	private final Set<String> removed;

	/**
	 * Create a new instance.
	 * @param removed where the names of removed attributes go
	 */
	ResourceAttributes(OtlpLimits.Labels limits, Set<String> removed) {
		this.limits = limits;
		this.removed = removed;
	}

	void clean(List<Frame> resources) throws IOException {
		for (Frame frame : resources) {
			Chunk resource = frame.head();
			byte[] cleaned = (resource != null) ? clean(resource) : new byte[0];
			if (resource != null && cleaned.length < resource.length()) {
				replace(frame, cleaned);
			}
		}
	}

	private static void replace(Frame frame, byte[] resource) throws IOException {
		ByteArrayOutputStream field = new ByteArrayOutputStream(resource.length + 8);
		CodedOutputStream output = CodedOutputStream.newInstance(field);
		output.writeByteArray(1, resource);
		output.flush();
		byte[] bytes = field.toByteArray();
		frame.replaceHead(new Chunk(bytes, 0, bytes.length),
				new Chunk(bytes, bytes.length - resource.length, resource.length));
	}

	private byte[] clean(Chunk resource) throws IOException {
		ByteArrayOutputStream kept = new ByteArrayOutputStream(resource.length());
		CodedInputStream input = resource.open();
		int begin = 0;
		int tag;
		while ((tag = input.readTag()) != 0) {
			boolean keep = true;
			if (tag == ATTRIBUTES_TAG) {
				int length = input.readRawVarint32();
				int offset = resource.offset() + input.getTotalBytesRead();
				input.skipRawBytes(length);
				keep = isLabel(Attribute.read(new Chunk(resource.bytes(), offset, length)));
			}
			else {
				Chunk.skip(input, tag);
			}
			int end = input.getTotalBytesRead();
			if (keep) {
				kept.write(resource.bytes(), resource.offset() + begin, end - begin);
			}
			begin = end;
		}
		return kept.toByteArray();
	}

	private boolean isLabel(Attribute attribute) {
		if ((attribute.isArray() && !this.limits.resourceArrays()) || attribute.chars() > this.limits.valueChars()) {
			this.removed.add(attribute.name());
			return false;
		}
		return true;
	}

}
