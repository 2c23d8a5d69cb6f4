package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it came in: path and query still encoded, header names in any case,
 * the body as the bytes on the wire.
 */
public record ReceivedRequest(String method, String path, @Nullable String query, Map<String, List<String>> headers,
		byte[] body) {

	public ReceivedRequest {
		Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> anyCase.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(anyCase);
	}

	/**
	 * The values of a header, none if it was not sent.
	 */
	public List<String> headerValues(String name) {
		return this.headers.getOrDefault(name, List.of());
	}

	/**
	 * The first value of a header.
	 */
	public @Nullable String header(String name) {
		List<String> values = headerValues(name);
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * The body without its compression.
	 */
	public byte[] content() {
		String encoding = header("Content-Encoding");
		if (encoding == null) {
			return this.body;
		}
		if (!encoding.equals("gzip")) {
			throw new IllegalStateException("Unknown Content-Encoding " + encoding);
		}
		try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(this.body))) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public ExportTraceServiceRequest traces() {
		return decode(ExportTraceServiceRequest.parser());
	}

	public ExportMetricsServiceRequest metrics() {
		return decode(ExportMetricsServiceRequest.parser());
	}

	public ExportLogsServiceRequest logs() {
		return decode(ExportLogsServiceRequest.parser());
	}

	/**
	 * Decodes strictly: a field that OTLP does not define means that the bytes are not
	 * what they are taken for, and a lenient decoder would not notice.
	 */
	private <T extends Message> T decode(Parser<T> parser) {
		T message;
		try {
			message = parser.parseFrom(content());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new UncheckedIOException(ex);
		}
		List<String> unknown = UnknownFields.in(message);
		if (!unknown.isEmpty()) {
			throw new IllegalStateException("Unknown fields in " + this.path + ": " + unknown);
		}
		return message;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path + ((this.query != null) ? "?" + this.query : "") + " (" + this.body.length
				+ " bytes)";
	}

}
