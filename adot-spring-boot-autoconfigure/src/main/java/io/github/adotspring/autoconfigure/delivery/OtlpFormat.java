package io.github.adotspring.autoconfigure.delivery;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.opentelemetry.sdk.common.export.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * OTLP over HTTP, as upstream's exporter is configured.
 *
 * @param extraHeaders headers of the user
 * @param compressor how bodies are compressed, {@code null} for none
 */
record OtlpFormat(Supplier<Map<String, List<String>>> extraHeaders,
		@Nullable Compressor compressor) implements HttpFormat {

	/**
	 * An {@code ExportTraceServiceRequest}, or its like, with one resource and no items.
	 */
	private static final byte[] EMPTY_EXPORT = { 0x0a, 0x00 };

	@Override
	public String contentType() {
		return "application/x-protobuf";
	}

	@Override
	public Map<String, List<String>> headers() {
		return this.extraHeaders.get();
	}

	@Override
	public byte[] probe() {
		return EMPTY_EXPORT;
	}

}
