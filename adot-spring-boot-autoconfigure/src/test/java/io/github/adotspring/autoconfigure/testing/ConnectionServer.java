package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Accepts connections on a loopback port and lets a behaviour have each on a thread of
 * its own.
 */
final class ConnectionServer implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 15;

	private final ServerSocket socket;

	private final Behaviour behaviour;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Semaphore accepted = new Semaphore(0);

	private final Semaphore ended = new Semaphore(0);

	private final ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("connection-server"));

	ConnectionServer(ServerSocketFactory sockets, Behaviour behaviour) {
		this.behaviour = behaviour;
		try {
			this.socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.executor.execute(this::accept);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Waits for this many connections more than were waited for before.
	 */
	void awaitConnections(int count) {
		await(this.accepted, count, "connections");
	}

	/**
	 * Waits until this many connections more than before are over, whoever ended them.
	 */
	void awaitEnds(int count) {
		await(this.ended, count, "ends of connections");
	}

	private static void await(Semaphore events, int count, String what) {
		try {
			if (!events.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("Expected %d %s within %d s but there were %d".formatted(count, what,
						PATIENCE_SECONDS, events.availablePermits()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + what, ex);
		}
	}

	@Override
	public void close() {
		close(this.socket);
		this.open.forEach(ConnectionServer::close);
		// Also wakes up whoever waits for the test.
		this.executor.shutdownNow();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			Socket connection = acceptOne();
			if (connection != null) {
				this.open.add(connection);
				this.accepted.release();
				this.executor.execute(() -> serve(connection));
			}
		}
	}

	private @Nullable Socket acceptOne() {
		try {
			return this.socket.accept();
		}
		catch (IOException ex) {
			return null;
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			this.behaviour.serve(connection);
		}
		catch (IOException ex) {
			// The other side gave up, which is what this server is for.
		}
		finally {
			this.open.remove(connection);
			this.ended.release();
		}
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What happens to an accepted connection before it is closed.
	 */
	@FunctionalInterface
	interface Behaviour {

		void serve(Socket connection) throws IOException;

	}

}
