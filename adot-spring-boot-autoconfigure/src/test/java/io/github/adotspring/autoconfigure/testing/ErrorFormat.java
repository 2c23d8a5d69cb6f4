package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.google.protobuf.CodedOutputStream;

/**
 * The two forms in which AWS tells why it refused: OTLP's {@code google.rpc.Status}, and
 * JSON where a request is turned away before it reaches the service.
 */
public enum ErrorFormat {

	PROTOBUF("application/x-protobuf") {

		@Override
		byte[] body(int status, String message) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			CodedOutputStream output = CodedOutputStream.newInstance(bytes);
			try {
				output.writeInt32(1, rpcCode(status));
				output.writeString(2, message);
				output.flush();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return bytes.toByteArray();
		}

	},

	JSON("application/json") {

		@Override
		byte[] body(int status, String message) {
			String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
			return ("{\"message\": \"" + escaped + "\"}").getBytes(StandardCharsets.UTF_8);
		}

	};

	private final String contentType;

	ErrorFormat(String contentType) {
		this.contentType = contentType;
	}

	String contentType() {
		return this.contentType;
	}

	abstract byte[] body(int status, String message);

	private static int rpcCode(int status) {
		return switch (status) {
			case 400, 413, 415 -> 3; // INVALID_ARGUMENT
			case 401 -> 16; // UNAUTHENTICATED
			case 403 -> 7; // PERMISSION_DENIED
			case 404 -> 5; // NOT_FOUND
			case 405 -> 12; // UNIMPLEMENTED
			case 429 -> 8; // RESOURCE_EXHAUSTED
			case 500 -> 13; // INTERNAL
			case 502, 503 -> 14; // UNAVAILABLE
			case 504 -> 4; // DEADLINE_EXCEEDED
			default -> 2; // UNKNOWN
		};
	}

}
