package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.otlp.PartialSuccess;

/**
 * Writes documents to the CloudWatch agent: over TCP as lines, over UDP a datagram for
 * each. Each payload has a connection of its own: there are few, an agent that was
 * started again is found again, and nothing stays open when the process is frozen.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Generation_CloudWatch_Agent.html">Using
 * the CloudWatch agent to send embedded metric format logs</a>
 */
final class AgentOutput implements Function<Payload, Outcome> {

	/**
	 * The most bytes of a datagram over IPv4.
	 */
	static final int MAX_DATAGRAM = 65_507;

	private final URI endpoint;

	private final Duration timeout;

	private final Duration patience;

	/**
	 * Create a new instance.
	 * @param endpoint where the agent is, {@code tcp} or {@code udp} with host and port
	 * @param timeout longest time to connect, and to write
	 * @param patience longest time that the agent has to close a connection which ended;
	 * it has read everything when it does
	 */
	AgentOutput(URI endpoint, Duration timeout, Duration patience) {
		this.endpoint = endpoint;
		this.timeout = timeout;
		this.patience = patience;
	}

	static boolean isDatagram(URI endpoint) {
		return "udp".equalsIgnoreCase(endpoint.getScheme());
	}

	@Override
	public Outcome apply(Payload payload) {
		try {
			return isDatagram(this.endpoint) ? datagrams(payload.message()) : stream(payload.message());
		}
		catch (SocketTimeoutException ex) {
			return Outcome.failed(Failure.TIMEOUT, "the CloudWatch agent at " + this.endpoint + " takes nothing");
		}
		catch (IOException ex) {
			return Outcome.failed(Failure.UNREACHABLE, describe(ex));
		}
	}

	private String describe(Exception cause) {
		return "no connection to the CloudWatch agent at " + this.endpoint + ": " + cause.getClass().getSimpleName();
	}

	private InetSocketAddress address() throws IOException {
		InetSocketAddress address = new InetSocketAddress(this.endpoint.getHost(), this.endpoint.getPort());
		if (address.isUnresolved()) {
			throw new UnknownHostException(this.endpoint.getHost());
		}
		return address;
	}

	private Outcome stream(byte[] lines) throws IOException {
		try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
			channel.socket().connect(address(), Math.toIntExact(this.timeout.toMillis()));
			channel.configureBlocking(false);
			SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
			ByteBuffer buffer = ByteBuffer.wrap(lines);
			long deadline = System.nanoTime() + this.timeout.toNanos();
			while (buffer.hasRemaining()) {
				if (channel.write(buffer) == 0 && !isReady(selector, deadline)) {
					throw new SocketTimeoutException();
				}
			}
			channel.shutdownOutput();
			key.interestOps(SelectionKey.OP_READ);
			awaitEnd(channel, selector);
			return Outcome.delivered(0);
		}
	}

	/**
	 * Wait until the agent closes the connection too, but not for one that does not.
	 */
	private void awaitEnd(SocketChannel channel, Selector selector) throws IOException {
		long deadline = System.nanoTime() + this.patience.toNanos();
		ByteBuffer ignored = ByteBuffer.allocate(256);
		while (channel.read(ignored.clear()) >= 0) {
			if (!isReady(selector, deadline)) {
				return;
			}
		}
	}

	private static boolean isReady(Selector selector, long deadline) throws IOException {
		long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
		selector.selectedKeys().clear();
		return millis > 0 && selector.select(millis) > 0;
	}

	private Outcome datagrams(byte[] lines) throws IOException {
		List<String> documents = new String(lines, StandardCharsets.UTF_8).lines().toList();
		try (DatagramChannel channel = DatagramChannel.open()) {
			channel.connect(address());
			channel.configureBlocking(false);
			for (int i = 0; i < documents.size(); i++) {
				try {
					send(documents.get(i), channel);
				}
				catch (IOException ex) {
					return failed(documents.subList(i, documents.size()), i == 0, ex);
				}
			}
			return Outcome.delivered(0);
		}
	}

	private static void send(String document, DatagramChannel channel) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
		if (channel.write(buffer) == 0) {
			throw new SocketTimeoutException();
		}
		// Tells of a port that nobody listens on, where the system knows.
		channel.read(ByteBuffer.allocate(1));
	}

	/**
	 * What was sent can't be taken back, so that only a payload none of which was sent
	 * has failed.
	 */
	private Outcome failed(List<String> documents, boolean isAll, IOException cause) throws IOException {
		if (isAll) {
			throw cause;
		}
		long points = documents.stream().map(EmfDocument::read).mapToLong(EmfDocument::points).sum();
		return Outcome.delivered(0, new PartialSuccess(points, describe(cause), Map.of("rejected", points)));
	}

}
