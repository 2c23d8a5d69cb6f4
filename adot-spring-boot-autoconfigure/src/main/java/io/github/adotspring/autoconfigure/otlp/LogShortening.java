package io.github.adotspring.autoconfigure.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Shortens log records with more bytes than a destination takes, so that they are not
 * lost: their longest strings are cut, in the body and in the attributes, and two
 * attributes tell that and how many bytes there were.
 */
final class LogShortening {

	private static final String SHORTENED = "aws.log.truncated";

	private static final String ORIGINAL_BYTES = "aws.log.original_bytes";

	/** More than the two attributes take. */
	private static final int MARK_BYTES = 100;

	/** Nothing is gained by cutting a record that is refused with so few bytes. */
	private static final int MIN_BYTES = 4096;

	private static final int ATTRIBUTES_FIELD = 6;

	private final OtlpLimits limits;

	LogShortening(OtlpLimits limits) {
		this.limits = limits;
	}

	/**
	 * An item that keeps the limits on bytes; the same one if it does or can't be made
	 * to. A shortened one has a sixteenth less than is allowed, since a destination
	 * measures it in a form of its own.
	 */
	Item shorten(Item item) throws IOException {
		long around = item.requestBytes() - item.value().length() + this.limits.overheadBytes();
		long allowed = Math.min(this.limits.eventBytes() - (long) item.frame().contextBytes(),
				this.limits.requestBytes() - around);
		if (!this.limits.shortens() || item.value().length() <= allowed) {
			return item;
		}
		Item shortened = shorten(item, allowed - allowed / 16);
		return (shortened != null) ? shortened : item;
	}

	/**
	 * An item with half of the bytes, {@code null} if there is none.
	 */
	@Nullable Item halve(Item item) throws IOException {
		int bytes = item.value().length();
		return (this.limits.shortens() && bytes > MIN_BYTES) ? shorten(item, bytes / 2) : null;
	}

	private static @Nullable Item shorten(Item item, long bytes) throws IOException {
		Chunk logRecord = item.value();
		int longest = longest(LogStrings.lengths(logRecord), logRecord.length() + MARK_BYTES - bytes);
		if (longest < 0) {
			return null;
		}
		ByteArrayOutputStream shortened = new ByteArrayOutputStream();
		shortened.writeBytes(LogStrings.cut(logRecord, longest));
		if (!isMarked(logRecord)) {
			mark(shortened, logRecord.length());
		}
		byte[] value = shortened.toByteArray();
		return new Item(item.frame(), item.field(), new Chunk(value, 0, value.length));
	}

	/**
	 * The most bytes that a string may have if all of them together have to lose some.
	 * @return less than zero if they have not so many
	 */
	private static int longest(List<Integer> lengths, long excess) {
		lengths.sort(Collections.reverseOrder());
		long longest = -1;
		long sum = 0;
		for (int i = 0; i < lengths.size(); i++) {
			sum += lengths.get(i);
			longest = Math.floorDiv(sum - excess, i + 1);
			int next = (i + 1 < lengths.size()) ? lengths.get(i + 1) : 0;
			if (longest >= next) {
				break;
			}
		}
		return (int) Math.max(longest, -1);
	}

	/**
	 * Whether it was shortened before, as when the destination found it still too large.
	 */
	private static boolean isMarked(Chunk logRecord) throws IOException {
		for (Chunk attribute : logRecord.all(ATTRIBUTES_FIELD)) {
			Chunk key = attribute.last(1);
			if (key != null && key.text().equals(SHORTENED)) {
				return true;
			}
		}
		return false;
	}

	private static void mark(ByteArrayOutputStream logRecord, int originalBytes) throws IOException {
		CodedOutputStream output = CodedOutputStream.newInstance(logRecord);
		writeAttribute(SHORTENED, 2, 1, output);
		writeAttribute(ORIGINAL_BYTES, 3, originalBytes, output);
		output.flush();
	}

	/**
	 * Write an attribute whose value is a boolean or an integer.
	 */
	private static void writeAttribute(String name, int valueField, int value, CodedOutputStream output)
			throws IOException {
		int valueBytes = CodedOutputStream.computeUInt64Size(valueField, value);
		byte[] key = name.getBytes(StandardCharsets.UTF_8);
		output.writeTag(ATTRIBUTES_FIELD, 2);
		output.writeUInt32NoTag(CodedOutputStream.computeByteArraySize(1, key) + CodedOutputStream.computeTagSize(2)
				+ CodedOutputStream.computeUInt32SizeNoTag(valueBytes) + valueBytes);
		output.writeByteArray(1, key);
		output.writeTag(2, 2);
		output.writeUInt32NoTag(valueBytes);
		output.writeUInt64(valueField, value);
	}

}
