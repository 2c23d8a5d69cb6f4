package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import javax.net.ServerSocketFactory;

/**
 * An address at which no HTTP server answers: the ways in which a network, a proxy or a
 * wrong port fails.
 */
public final class BrokenEndpoint implements AutoCloseable {

	private final int port;

	private final AutoCloseable socket;

	private BrokenEndpoint(int port, AutoCloseable socket) {
		this.port = port;
		this.socket = socket;
	}

	/**
	 * Accepts connections and closes them at once.
	 */
	public static BrokenEndpoint closing() {
		return listening((connection) -> {
		});
	}

	/**
	 * Answers with something that is not HTTP.
	 */
	public static BrokenEndpoint garbage() {
		return listening((connection) -> {
			OutputStream output = connection.getOutputStream();
			output.write("220 mail.example.com ready\r\n".getBytes(StandardCharsets.US_ASCII));
			output.flush();
			connection.shutdownOutput();
			// Closing with unread input would reset the connection and could take the
			// garbage with it.
			readToEnd(connection);
		});
	}

	/**
	 * Accepts connections, reads what is sent and never answers.
	 */
	public static BrokenEndpoint silent() {
		return listening(BrokenEndpoint::readToEnd);
	}

	/**
	 * Answers with the start of something and then sends nothing more.
	 */
	public static BrokenEndpoint stalling(String start) {
		return listening((connection) -> {
			connection.getInputStream().read(new byte[1024]);
			OutputStream output = connection.getOutputStream();
			output.write(start.getBytes(StandardCharsets.US_ASCII));
			output.flush();
			readToEnd(connection);
		});
	}

	/**
	 * A port that nothing listens on, and that nobody else gets while this endpoint is
	 * open.
	 */
	public static BrokenEndpoint refusing() {
		try {
			// Bound but not listening: the port is taken, and connections to it are
			// refused.
			Socket socket = new Socket();
			socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
			return new BrokenEndpoint(socket.getLocalPort(), socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static BrokenEndpoint listening(ConnectionServer.Behaviour behaviour) {
		ConnectionServer server = new ConnectionServer(ServerSocketFactory.getDefault(), behaviour);
		return new BrokenEndpoint(server.port(), server);
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	public URI url(String path) {
		return url().resolve(path);
	}

	/**
	 * Waits for this many connections more than were waited for before.
	 */
	public void awaitConnections(int count) {
		if (!(this.socket instanceof ConnectionServer server)) {
			throw new IllegalStateException("This endpoint accepts no connections");
		}
		server.awaitConnections(count);
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void readToEnd(Socket connection) throws IOException {
		InputStream input = connection.getInputStream();
		input.transferTo(OutputStream.nullOutputStream());
	}

}
