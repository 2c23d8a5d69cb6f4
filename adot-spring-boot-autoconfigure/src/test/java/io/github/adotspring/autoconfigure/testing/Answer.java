package io.github.adotspring.autoconfigure.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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

	public Answer header(String name, String value) {
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
