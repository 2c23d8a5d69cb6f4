package io.github.adotspring.autoconfigure.amp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import io.opentelemetry.sdk.common.export.Compressor;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/**
 * Compresses with Snappy in its block format, which begins with the length of what is
 * compressed.
 *
 * @see <a href=
 * "https://github.com/google/snappy/blob/main/format_description.txt">Snappy's format</a>
 */
final class SnappyCompressor implements Compressor {

	@Override
	public String getEncoding() {
		return "snappy";
	}

	@Override
	public OutputStream compress(OutputStream output) {
		return new Buffer(output);
	}

	static byte[] compress(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
		try (OutputStream output = new SnappyCompressorOutputStream(compressed, bytes.length)) {
			output.write(bytes);
		}
		catch (IOException ex) {
			// A buffer in memory does not fail.
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	/**
	 * The most bytes that any bytes of a length are compressed to.
	 */
	static long maxLength(int length) {
		return 32 + length + length / 6;
	}

	/**
	 * Keeps everything until it is closed.
	 */
	private static final class Buffer extends ByteArrayOutputStream {

		private final OutputStream output;

		Buffer(OutputStream output) {
			this.output = output;
		}

		@Override
		public void close() throws IOException {
			this.output.write(SnappyCompressor.compress(toByteArray()));
			this.output.close();
		}

	}

}
