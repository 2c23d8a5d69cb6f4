package io.github.adotspring.autoconfigure.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.github.adotspring.autoconfigure.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AwsEndpoint} is told to answer to the next request.
 */
public record Answer(Kind kind, int status, Map<String, String> headers, byte[] body, @Nullable CountDownLatch gate) {

	/**
	 * Where an answer comes from.
	 */
	public enum Kind {

		/**
		 * The endpoint judges the request, as it does when it is told nothing.
		 */
		VERIFIED,

		/**
		 * The test says what to answer, whatever the request.
		 */
		SCRIPTED,

		/**
		 * No answer: the connection is closed once the request was read.
		 */
		CLOSED

	}

	/**
	 * What the endpoint answers on its own account; of use before other answers, or after
	 * a gate.
	 */
	public static Answer verified() {
		return new Answer(Kind.VERIFIED, 0, Map.of(), new byte[0], null);
	}

	public static Answer status(int status) {
		return new Answer(Kind.SCRIPTED, status, Map.of(), new byte[0], null);
	}

	public static Answer closedConnection() {
		return new Answer(Kind.CLOSED, 0, Map.of(), new byte[0], null);
	}

	/**
	 * An error whose body is the {@code google.rpc.Status} that OTLP asks for.
	 */
	public static Answer error(int status, String message) {
		return status(status).body(ErrorFormat.PROTOBUF.contentType(), ErrorFormat.PROTOBUF.body(status, message));
	}

	/**
	 * A success of which the receiver took only a part, as OTLP tells it.
	 * @see <a href= "https://opentelemetry.io/docs/specs/otlp/#partial-success-1">Partial
	 * success</a>
	 */
	public static Answer partialSuccess(long rejected, String message) {
		// The messages of the three signals differ in names, not in bytes.
		return status(200).body(ErrorFormat.PROTOBUF.contentType(),
				ExportTraceServiceResponse.newBuilder()
					.setPartialSuccess(
							ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejected).setErrorMessage(message))
					.build()
					.toByteArray());
	}

	/**
	 * The same in JSON, where a number of 64 bits is a string.
	 */
	public static Answer partialSuccessJson(Signal signal, long rejected, String message) {
		String name = switch (signal) {
			case TRACES -> "rejectedSpans";
			case METRICS -> "rejectedDataPoints";
			case LOGS -> "rejectedLogRecords";
		};
		String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
		return status(200).body(ErrorFormat.JSON.contentType(),
				"{\"partialSuccess\":{\"%s\":\"%d\",\"errorMessage\":\"%s\"}}".formatted(name, rejected, escaped)
					.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * With any header but {@code Date}: the JDK's server writes that of this machine over
	 * it, and a {@link ScriptedEndpoint} has to be used for another.
	 */
	public Answer header(String name, String value) {
		if (name.equalsIgnoreCase("Date")) {
			throw new IllegalArgumentException("A ScriptedEndpoint can send another date, this one can't");
		}
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new Answer(this.kind, this.status, headers, this.body, this.gate);
	}

	/**
	 * With a {@code Retry-After} header, in seconds, as a date, or as nonsense.
	 */
	public Answer retryAfter(String value) {
		return header("Retry-After", value);
	}

	public Answer body(String contentType, byte[] body) {
		Answer typed = header("Content-Type", contentType);
		return new Answer(typed.kind, typed.status, typed.headers, body, typed.gate);
	}

	/**
	 * Held back until the test opens the gate.
	 */
	public Answer after(CountDownLatch gate) {
		return new Answer(this.kind, this.status, this.headers, this.body, gate);
	}

}
