package io.github.adotspring.autoconfigure.testing;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ServerSocketFactory;

/**
 * A server on this machine that sends exactly the bytes that a test wants, in plain or
 * over TLS: the ways in which a server, a proxy or a network misbehaves in the middle of
 * an answer.
 */
public final class ScriptedEndpoint implements AutoCloseable {

	private final String scheme;

	private final ConnectionServer server;

	private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

	private final AtomicLong bytesSent = new AtomicLong();

	private ScriptedEndpoint(String scheme, ServerSocketFactory sockets, Script script) {
		this.scheme = scheme;
		this.server = new ConnectionServer(sockets,
				(socket) -> script.play(new Connection(socket, this.requests::add, this.bytesSent)));
	}

	/**
	 * Starts an endpoint that plays the script on each connection.
	 */
	public static ScriptedEndpoint start(Script script) {
		return new ScriptedEndpoint("http", ServerSocketFactory.getDefault(), script);
	}

	/**
	 * Starts an endpoint that does the same over TLS.
	 */
	public static ScriptedEndpoint startTls(SelfSignedCertificate certificate, Script script) {
		return new ScriptedEndpoint("https", certificate.serverContext().getServerSocketFactory(), script);
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return URI.create(this.scheme + "://127.0.0.1:" + this.server.port());
	}

	public URI url(String path) {
		return url().resolve(path);
	}

	/**
	 * The URL with the scheme that this endpoint does not speak.
	 */
	public URI urlOfOtherScheme(String path) {
		String other = this.scheme.equals("http") ? "https" : "http";
		return URI.create(other + "://127.0.0.1:" + this.server.port() + path);
	}

	/**
	 * The requests that scripts have read so far.
	 */
	public List<ReceivedRequest> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * How many bytes clients took so far, with what waits for them in the buffers of the
	 * sockets: some megabytes at most.
	 */
	public long bytesSent() {
		return this.bytesSent.get();
	}

	/**
	 * Waits for this many connections more than were waited for before.
	 */
	public void awaitConnections(int count) {
		this.server.awaitConnections(count);
	}

	/**
	 * Waits until this many connections more than before are over, whoever ended them.
	 */
	public void awaitEnds(int count) {
		this.server.awaitEnds(count);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
