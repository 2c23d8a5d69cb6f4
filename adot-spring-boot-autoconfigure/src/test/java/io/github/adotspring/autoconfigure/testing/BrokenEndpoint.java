package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * An address at which no HTTP server answers: the ways in which a network, a proxy or a
 * wrong port fails.
 */
public final class BrokenEndpoint implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 15;

	private final int port;

	private final AutoCloseable socket;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Semaphore accepted = new Semaphore(0);

	private final ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("broken-endpoint"));

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
			socket.bind(new InetSocketAddress(loopback(), 0));
			return new BrokenEndpoint(socket.getLocalPort(), socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static BrokenEndpoint listening(Behaviour behaviour) {
		try {
			ServerSocket socket = new ServerSocket(0, 50, loopback());
			BrokenEndpoint endpoint = new BrokenEndpoint(socket.getLocalPort(), socket);
			endpoint.executor.execute(() -> endpoint.accept(socket, behaviour));
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
		try {
			if (!this.accepted.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("Expected %d connections within %d s but there were %d".formatted(count,
						PATIENCE_SECONDS, this.accepted.availablePermits()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for connections", ex);
		}
	}

	@Override
	public void close() {
		close(this.socket);
		this.open.forEach(BrokenEndpoint::close);
		this.executor.shutdownNow();
	}

	private void accept(ServerSocket server, Behaviour behaviour) {
		while (!server.isClosed()) {
			Socket connection = acceptOne(server);
			if (connection != null) {
				this.open.add(connection);
				this.accepted.release();
				this.executor.execute(() -> serve(connection, behaviour));
			}
		}
	}

	private static @Nullable Socket acceptOne(ServerSocket server) {
		try {
			return server.accept();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private void serve(Socket connection, Behaviour behaviour) {
		try (connection) {
			behaviour.serve(connection);
		}
		catch (IOException ex) {
			// The other side gave up, which is what this endpoint is for.
		}
		finally {
			this.open.remove(connection);
		}
	}

	private static void readToEnd(Socket connection) throws IOException {
		InputStream input = connection.getInputStream();
		input.transferTo(OutputStream.nullOutputStream());
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static InetAddress loopback() throws IOException {
		return InetAddress.getByName("127.0.0.1");
	}

	/**
	 * What happens to an accepted connection before it is closed.
	 */
	@FunctionalInterface
	private interface Behaviour {

		void serve(Socket connection) throws IOException;

	}

}
