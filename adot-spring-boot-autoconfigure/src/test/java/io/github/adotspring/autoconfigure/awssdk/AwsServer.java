package io.github.adotspring.autoconfigure.awssdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A service of AWS on the loopback interface, which gives the answer that it was told to
 * every request.
 */
final class AwsServer implements AutoCloseable {

	private final HttpServer server;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private volatile Reply reply = new Reply(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));

	AwsServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	void answers(int status, String contentType, String body) {
		answers(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	void answers(int status, String contentType, byte[] body) {
		this.reply = new Reply(status, contentType, body);
	}

	List<Received> received() {
		return this.received;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			this.received
				.add(new Received(exchange.getRequestHeaders(), new String(body, StandardCharsets.ISO_8859_1)));
			Reply reply = this.reply;
			exchange.getResponseHeaders().set("Content-Type", reply.contentType());
			exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
			exchange.getResponseHeaders().set("x-amz-request-id", "request-1");
			if (reply.status() >= 400) {
				exchange.getResponseHeaders()
					.set("x-amzn-ErrorType", (reply.status() < 500) ? "ValidationException" : "InternalFailure");
			}
			exchange.sendResponseHeaders(reply.status(), (reply.body().length > 0) ? reply.body().length : -1);
			if (reply.body().length > 0) {
				exchange.getResponseBody().write(reply.body());
			}
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A request as it arrived.
	 */
	record Received(Headers headers, String body) {

		@Nullable String header(String name) {
			return this.headers.getFirst(name);
		}

	}

	private record Reply(int status, String contentType, byte[] body) {

	}

}
