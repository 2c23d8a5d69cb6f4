package io.github.adotspring.autoconfigure.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import io.github.adotspring.autoconfigure.Signal;
import io.github.adotspring.autoconfigure.otlp.OtlpItems;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * One OTLP request message on its way: marshalled once, compressed at most once, and the
 * same bytes for every attempt.
 */
public final class Payload {

	private final Signal signal;

	private final byte[] message;

	private final int items;

	private final @Nullable Compressor compressor;

	private byte @Nullable [] body;

	private Payload(Signal signal, byte[] message, @Nullable Compressor compressor) {
		this.signal = signal;
		this.message = message;
		this.items = OtlpItems.count(signal, message);
		this.compressor = compressor;
	}

	static Payload marshal(Signal signal, MessageWriter writer, @Nullable Compressor compressor) {
		ByteArrayOutputStream message = new ByteArrayOutputStream(Math.max(writer.getContentLength(), 32));
		try {
			writer.writeMessage(message);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The OTLP message could not be marshalled", ex);
		}
		return new Payload(signal, message.toByteArray(), compressor);
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
		return this.message;
	}

	/**
	 * The number of spans, data points or log records in it.
	 * @return the number of items
	 */
	public int items() {
		return this.items;
	}

	@Nullable String contentEncoding() {
		return (this.compressor != null) ? this.compressor.getEncoding() : null;
	}

	/**
	 * The bytes of the request body.
	 */
	synchronized byte[] body() {
		byte[] body = this.body;
		if (body == null) {
			body = (this.compressor != null) ? compress(this.compressor, this.message) : this.message;
			this.body = body;
		}
		return body;
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

}
