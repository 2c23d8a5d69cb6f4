package io.github.adotspring.autoconfigure.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.spool.SpooledPayload;
import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * One OTLP request message on its way: compressed at most once, and the same bytes for
 * every attempt.
 */
public final class Payload {

	private final Signal signal;

	private final int items;

	private final @Nullable String contentEncoding;

	private final Supplier<byte[]> message;

	private final Supplier<byte[]> body;

	/**
	 * A message whose body is made when it is sent.
	 */
	Payload(Signal signal, byte[] message, int items, @Nullable Compressor compressor) {
		this.signal = signal;
		this.items = items;
		this.contentEncoding = (compressor != null) ? compressor.getEncoding() : null;
		this.message = () -> message;
		this.body = (compressor != null) ? SingletonSupplier.of(() -> compress(compressor, message)) : this.message;
	}

	private Payload(SpooledPayload stored) {
		this.signal = stored.signal();
		this.items = stored.items();
		this.contentEncoding = stored.contentEncoding();
		this.message = SingletonSupplier.of(() -> decompress(stored.body(), stored.contentEncoding()));
		this.body = stored::body;
	}

	/**
	 * A body that was on disk, whose message is read when it is needed.
	 */
	static Payload ofBody(SpooledPayload stored) {
		return new Payload(stored);
	}

	/**
	 * The body with what it takes to send it later, which {@link #ofBody} reads.
	 */
	SpooledPayload toStored(String destination) {
		return new SpooledPayload(this.signal, destination, this.items, this.contentEncoding, body());
	}

	/**
	 * The signal that the message belongs to.
	 * @return the signal
	 */
	public Signal signal() {
		return this.signal;
	}

	/**
	 * The message: an {@code ExportTraceServiceRequest},
	 * {@code ExportMetricsServiceRequest} or {@code ExportLogsServiceRequest} in
	 * protobuf, not compressed.
	 * @return the bytes, not to be changed
	 */
	public byte[] message() {
		return this.message.get();
	}

	/**
	 * The number of spans, data points or log records in it.
	 * @return the number of items
	 */
	public int items() {
		return this.items;
	}

	@Nullable String contentEncoding() {
		return this.contentEncoding;
	}

	/**
	 * The bytes of the request body.
	 */
	byte[] body() {
		return this.body.get();
	}

	private static byte[] compress(Compressor compressor, byte[] message) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(message.length / 4 + 64);
		try (var output = compressor.compress(compressed)) {
			output.write(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The OTLP message could not be compressed", ex);
		}
		return compressed.toByteArray();
	}

	private static byte[] decompress(byte[] body, @Nullable String contentEncoding) {
		if (contentEncoding == null) {
			return body;
		}
		if (!contentEncoding.equals("gzip")) {
			throw new UncheckedIOException(new IOException("Not compressed with gzip but " + contentEncoding));
		}
		try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(body))) {
			return input.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The body could not be decompressed", ex);
		}
	}

}
