package io.github.adotspring.autoconfigure.spool;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

import io.github.adotspring.autoconfigure.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of the spool. Numbers are big-endian, texts are UTF-8 after their
 * length in bytes:
 *
 * <pre>
 * 7 bytes   ADOTSPL
 * 1 byte    version, 1
 * 4 bytes   length of the header
 * header    signal, destination, content encoding (length -1 for none), items (4 bytes),
 *           length of the body (4 bytes)
 * 4 bytes   CRC32C of all before
 * body
 * 4 bytes   CRC32C of all before
 * </pre>
 *
 * The first checksum lets a process that takes over many files index them without reading
 * their bodies.
 */
final class SpoolFormat {

	private static final byte[] MAGIC = { 'A', 'D', 'O', 'T', 'S', 'P', 'L', 1 };

	private static final int PREFIX = MAGIC.length + Integer.BYTES;

	private static final int CHECKSUM = Integer.BYTES;

	private SpoolFormat() {
	}

	static byte[] encode(SpooledPayload payload) {
		byte[] signal = utf8(payload.signal().key());
		byte[] destination = utf8(payload.destination());
		byte[] encoding = (payload.contentEncoding() != null) ? utf8(payload.contentEncoding()) : null;
		int header = Integer.BYTES * 5 + signal.length + destination.length
				+ ((encoding != null) ? encoding.length : 0);
		ByteBuffer file = ByteBuffer
			.allocate(Math.addExact(PREFIX + header + CHECKSUM + CHECKSUM, payload.body().length));
		file.put(MAGIC).putInt(header);
		putText(file, signal);
		putText(file, destination);
		putText(file, encoding);
		file.putInt(payload.items()).putInt(payload.body().length);
		putChecksum(file);
		file.put(payload.body());
		putChecksum(file);
		return file.array();
	}

	/**
	 * Read the header, and compare the size of the file with what it says.
	 * @throws CorruptSpoolFileException if it is not a whole file of the spool
	 */
	static Header readHeader(SeekableByteChannel channel) throws IOException {
		ByteBuffer prefix = read(channel, PREFIX);
		int length = headerLength(prefix, channel.size());
		ByteBuffer start = ByteBuffer.allocate(PREFIX + length + CHECKSUM);
		start.put(prefix).put(read(channel, length + CHECKSUM)).flip();
		return header(start, length, channel.size());
	}

	/**
	 * Read a whole file.
	 * @throws CorruptSpoolFileException if a byte of it is not as it was written
	 */
	static SpooledPayload decode(byte[] content) throws CorruptSpoolFileException {
		if (content.length < PREFIX) {
			throw new CorruptSpoolFileException("the file is cut short");
		}
		ByteBuffer file = ByteBuffer.wrap(content);
		int length = headerLength(file.slice(0, PREFIX), content.length);
		Header header = header(file, length, content.length);
		byte[] body = new byte[header.bodyLength()];
		file.position(PREFIX + length + CHECKSUM).get(body);
		requireChecksum(file);
		return new SpooledPayload(header.signal(), header.destination(), header.items(), header.contentEncoding(),
				body);
	}

	private static int headerLength(ByteBuffer prefix, long size) throws CorruptSpoolFileException {
		byte[] magic = new byte[MAGIC.length];
		prefix.get(magic);
		int length = prefix.getInt();
		prefix.rewind();
		if (!Arrays.equals(magic, MAGIC)) {
			throw new CorruptSpoolFileException("the file is not one of the spool");
		}
		if (length < Integer.BYTES * 5 || length > size - PREFIX - CHECKSUM - CHECKSUM) {
			throw new CorruptSpoolFileException("the file is cut short");
		}
		return length;
	}

	private static Header header(ByteBuffer file, int length, long size) throws CorruptSpoolFileException {
		file.position(PREFIX + length);
		requireChecksum(file);
		Header header = header(file.slice(PREFIX, length));
		if (header.bodyLength() < 0 || size != (long) PREFIX + length + CHECKSUM + header.bodyLength() + CHECKSUM) {
			throw new CorruptSpoolFileException("the file is cut short or continued");
		}
		return header;
	}

	private static Header header(ByteBuffer header) throws CorruptSpoolFileException {
		try {
			return new Header(Signal.valueOf(requireText(header).toUpperCase(Locale.ROOT)), requireText(header),
					text(header), header.getInt(), header.getInt());
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			throw new CorruptSpoolFileException("the header is not one of the spool");
		}
	}

	private static void putChecksum(ByteBuffer file) {
		file.putInt(checksum(file));
	}

	private static void requireChecksum(ByteBuffer file) throws CorruptSpoolFileException {
		if (checksum(file) != file.getInt()) {
			throw new CorruptSpoolFileException("the file was changed");
		}
	}

	/**
	 * The checksum of all up to the position.
	 */
	private static int checksum(ByteBuffer file) {
		CRC32C checksum = new CRC32C();
		checksum.update(file.duplicate().flip());
		return (int) checksum.getValue();
	}

	private static ByteBuffer read(SeekableByteChannel channel, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) < 0) {
				throw new CorruptSpoolFileException("the file is cut short");
			}
		}
		return buffer.flip();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void putText(ByteBuffer file, byte @Nullable [] text) {
		file.putInt((text != null) ? text.length : -1);
		if (text != null) {
			file.put(text);
		}
	}

	private static String requireText(ByteBuffer header) throws CorruptSpoolFileException {
		String text = text(header);
		if (text == null) {
			throw new CorruptSpoolFileException("the header lacks a text");
		}
		return text;
	}

	private static @Nullable String text(ByteBuffer header) {
		int length = header.getInt();
		if (length < 0) {
			return null;
		}
		if (length > header.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] text = new byte[length];
		header.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

	/**
	 * What a file says before its body.
	 *
	 * @param signal the signal
	 * @param destination where the payload goes
	 * @param contentEncoding how the body is compressed
	 * @param items items in the body
	 * @param bodyLength length of the body in bytes
	 */
	record Header(Signal signal, String destination, @Nullable String contentEncoding, int items, int bodyLength) {

	}

}
