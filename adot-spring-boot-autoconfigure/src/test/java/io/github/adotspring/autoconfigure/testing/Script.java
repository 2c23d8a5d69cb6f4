package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * What a {@link ScriptedEndpoint} does with a connection, which is closed after it.
 */
@FunctionalInterface
public interface Script {

	/** The size of the pieces that long bodies are sent in. */
	int PIECE = 16 * 1024;

	void play(Connection connection) throws IOException;

	/**
	 * Answers the requests on a connection with these bytes, one answer each.
	 */
	static Script answer(String... answers) {
		return (connection) -> {
			for (String answer : answers) {
				connection.readRequest();
				connection.send(answer);
			}
			connection.endOutput();
		};
	}

	/**
	 * Answers every request on a connection as the function says, until the client ends
	 * it.
	 */
	static Script each(Function<ReceivedRequest, String> answers) {
		return (connection) -> {
			while (true) {
				connection.send(answers.apply(connection.readRequest()));
			}
		};
	}

	/**
	 * An answer in plain text.
	 * @param headers whole lines, such as {@code Retry-After: 1}
	 */
	static String text(int status, String body, String... headers) {
		StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Type: text/plain\r\n");
		for (String header : headers) {
			answer.append(header).append("\r\n");
		}
		return answer.append("Content-Length: " + body.length() + "\r\n\r\n").append(body).toString();
	}

	/**
	 * Answers with a byte for each permit that the test releases: slow headers, then a
	 * slow body.
	 */
	static Script drip(String answer, Semaphore permits) {
		return (connection) -> {
			connection.readRequest();
			connection.send(answer, permits);
			connection.endOutput();
		};
	}

	/**
	 * Sends the start of an answer, then says that nothing more will come.
	 */
	static Script halfClosed(String start) {
		return answer(start);
	}

	/**
	 * Ends a chunked body in the middle of a chunk.
	 */
	static Script truncatedChunks() {
		return answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n10\r\nhalf");
	}

	/**
	 * Sends a chunk whose length is none.
	 */
	static Script garbageChunks() {
		return answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nlength?\r\nmore\r\n0\r\n\r\n");
	}

	/**
	 * Answers with a body of this length, or with as much of it as the client takes.
	 */
	static Script flood(int status, long length) {
		return (connection) -> {
			connection.readRequest();
			connection.send("HTTP/1.1 " + status + " Flood\r\nContent-Type: text/plain\r\nContent-Length: " + length
					+ "\r\n\r\n");
			String piece = "x".repeat(PIECE);
			for (long left = length; left > 0; left -= PIECE) {
				connection.send(piece.substring(0, (int) Math.min(left, PIECE)));
			}
			connection.endOutput();
		};
	}

	/**
	 * Answers with a body that never ends.
	 */
	static Script endless(int status) {
		return (connection) -> {
			connection.readRequest();
			connection.send("HTTP/1.1 " + status + " Endless\r\nContent-Type: text/plain\r\n"
					+ "Transfer-Encoding: chunked\r\n\r\n");
			String chunk = Integer.toHexString(PIECE) + "\r\n" + "x".repeat(PIECE) + "\r\n";
			while (true) {
				connection.send(chunk);
			}
		};
	}

	static Script redirect(int status, URI target) {
		return answer("HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n");
	}

	/**
	 * Sends the start of an answer and resets the connection.
	 */
	static Script reset(String start) {
		return (connection) -> {
			connection.readRequest();
			connection.send(start);
			connection.reset();
		};
	}

	/**
	 * Answers whatever comes in plain HTTP, also the first bytes of TLS.
	 */
	static Script plain(String answer) {
		return (connection) -> {
			connection.readSome();
			connection.send(answer);
			connection.endOutput();
		};
	}

}
