package io.github.adotspring.autoconfigure.emf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.adotspring.autoconfigure.delivery.LineOutput;
import io.github.adotspring.autoconfigure.delivery.Outcome;
import io.github.adotspring.autoconfigure.delivery.Outcome.Failure;
import io.github.adotspring.autoconfigure.delivery.Payload;
import io.github.adotspring.autoconfigure.delivery.PayloadFixtures;
import io.github.adotspring.autoconfigure.otlp.Split;
import io.github.adotspring.autoconfigure.otlp.Split.Part;
import io.github.adotspring.autoconfigure.testing.BrokenEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineOutput} and {@link AgentOutput}.
 */
@Timeout(30)
final class EmfOutputTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LONG = Duration.ofSeconds(10);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void endThreads() {
		this.executor.shutdownNow();
	}

	private static Payload payload(int documents) {
		Metrics metrics = Metrics.of();
		for (int i = 0; i < documents; i++) {
			metrics.gauge("m", i, "key", "v" + i);
		}
		List<Part> parts = Documents.lines(Documents.SETTINGS).split(metrics.message().toByteArray()).parts();
		assertThat(parts).hasSize(1);
		return PayloadFixtures.metrics(parts.get(0).message(), parts.get(0).items());
	}

	private Outcome deliver(AgentOutput output, Payload payload) throws Exception {
		return CompletableFuture.supplyAsync(() -> output.apply(payload), this.executor).get(20, TimeUnit.SECONDS);
	}

	@Test
	void everyLineIsWrittenAtOnce() {
		List<String> writes = new ArrayList<>();
		PrintStream stream = new PrintStream(new OutputStream() {

			@Override
			public void write(int b) {
				throw new AssertionError("A single byte");
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
			}

		});
		assertThat(new LineOutput(() -> stream).apply(payload(3)).isDelivered()).isTrue();
		assertThat(writes).hasSize(3).allSatisfy((line) -> {
			assertThat(line).endsWith("\n");
			Documents.read(line.strip());
		});
	}

	@Test
	void streamIsFlushedAndLinesOfOthersStayWhole() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
		CountDownLatch begin = new CountDownLatch(1);
		List<CompletableFuture<Void>> writers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			writers.add(CompletableFuture.runAsync(() -> {
				await(begin);
				for (int line = 0; line < 500; line++) {
					stream.println("log line");
				}
			}, this.executor));
		}
		begin.countDown();
		assertThat(new LineOutput(() -> stream).apply(payload(500)).isDelivered()).isTrue();
		CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		stream.flush();
		List<String> lines = bytes.toString(StandardCharsets.UTF_8)
			.lines()
			.filter((line) -> !line.equals("log line"))
			.toList();
		assertThat(lines).hasSize(500).allSatisfy(Documents::read);
	}

	@Test
	void closedStreamIsAFailure() {
		PrintStream stream = new PrintStream(new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				throw new IOException("Broken pipe");
			}

		});
		assertThat(new LineOutput(() -> stream).apply(payload(1)).failure()).isEqualTo(Failure.UNREACHABLE);
	}

	@Test
	void agentGetsLinesOverTcpAlsoAfterARestart() throws Exception {
		int port;
		try (ServerSocket server = server()) {
			port = server.getLocalPort();
			CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(() -> readConnection(server),
					this.executor);
			assertThat(deliver(agent("tcp", port), payload(1000)).isDelivered()).isTrue();
			assertThat(lines.get(10, TimeUnit.SECONDS)).hasSize(1000).allSatisfy(Documents::read);
		}
		AgentOutput output = agent("tcp", port);
		assertThat(deliver(output, payload(1)).failure()).isEqualTo(Failure.UNREACHABLE);
		try (ServerSocket server = new ServerSocket()) {
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress("127.0.0.1", port));
			CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(() -> readConnection(server),
					this.executor);
			assertThat(deliver(output, payload(2)).isDelivered()).isTrue();
			assertThat(lines.get(10, TimeUnit.SECONDS)).hasSize(2);
		}
	}

	@Test
	void agentThatDoesNotReadIsGivenUp() throws Exception {
		try (ServerSocket server = server()) {
			CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(server), this.executor);
			// Many times what the buffers of both sockets take.
			Payload payload = PayloadFixtures.metrics(new byte[64 << 20], 1);
			AgentOutput output = new AgentOutput(URI.create("tcp://127.0.0.1:" + server.getLocalPort()), SHORT, LONG);
			assertThat(deliver(output, payload).failure()).isEqualTo(Failure.TIMEOUT);
			accepted.get(10, TimeUnit.SECONDS).close();
		}
	}

	@Test
	void agentThatKeepsTheConnectionHasGotEverything() throws Exception {
		try (ServerSocket server = server()) {
			CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(server), this.executor);
			AgentOutput output = new AgentOutput(URI.create("tcp://127.0.0.1:" + server.getLocalPort()), LONG, SHORT);
			assertThat(deliver(output, payload(1)).isDelivered()).isTrue();
			accepted.get(10, TimeUnit.SECONDS).close();
		}
	}

	@Test
	void agentThatBreaksTheConnectionHasNot() throws Exception {
		try (ServerSocket server = server()) {
			CompletableFuture.runAsync(() -> reset(server), this.executor);
			AgentOutput output = agent("tcp", server.getLocalPort());
			assertThat(deliver(output, PayloadFixtures.metrics(new byte[64 << 20], 1)).failure())
				.isEqualTo(Failure.UNREACHABLE);
		}
	}

	@Test
	void agentGetsADatagramForEachDocument() throws Exception {
		try (DatagramSocket agent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
			agent.setSoTimeout(10_000);
			assertThat(deliver(agent("udp", agent.getLocalPort()), payload(5)).isDelivered()).isTrue();
			for (int i = 0; i < 5; i++) {
				DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
				agent.receive(packet);
				Documents.read(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
			}
		}
	}

	@Test
	void portWithoutAnAgentIsNoticedOverUdpToo() throws Exception {
		int port;
		try (DatagramSocket closed = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
			port = closed.getLocalPort();
		}
		Outcome outcome = deliver(agent("udp", port), payload(20));
		long arrived = outcome.isDelivered() ? 20 - outcome.partialSuccess().rejected() : 0;
		assertThat(arrived).isLessThan(20);
	}

	@Test
	void documentsFitIntoDatagrams() {
		EmfSettings settings = new EmfSettings("n", "", 60, false, false, List.of(), AgentOutput.MAX_DATAGRAM,
				AgentOutput.MAX_DATAGRAM);
		Metrics metrics = Metrics.of().gauge("large", 1, Metrics.manyAttributes(5000));
		for (int i = 0; i < 1000; i++) {
			metrics.gauge("m".repeat(1000) + i, i);
		}
		Split split = Documents.split(settings, metrics.message());
		assertThat(split.dropped()).singleElement()
			.extracting(Split.Dropped::reason, Split.Dropped::items)
			.containsExactly(Split.Reason.TOO_LARGE, 1);
		split.parts()
			.forEach((part) -> new String(part.message(), StandardCharsets.UTF_8).lines()
				.forEach((line) -> assertThat(line.length()).isLessThanOrEqualTo(65_507)));
	}

	@Test
	void refusedConnectionIsAFailure() throws Exception {
		try (BrokenEndpoint refusing = BrokenEndpoint.refusing()) {
			Outcome outcome = deliver(agent("tcp", refusing.url().getPort()), payload(1));
			assertThat(outcome.failure()).isEqualTo(Failure.UNREACHABLE);
			assertThat(outcome.message()).isEqualTo(
					"no connection to the CloudWatch agent at tcp://127.0.0.1:%d: ConnectException",
					refusing.url().getPort());
		}
	}

	@Test
	void hostWithoutAnAddressIsAFailure() throws Exception {
		AgentOutput output = new AgentOutput(URI.create("tcp://agent.invalid:1"), LONG, LONG);
		assertThat(deliver(output, payload(1)).failure()).isEqualTo(Failure.UNREACHABLE);
	}

	private static AgentOutput agent(String scheme, int port) {
		return new AgentOutput(URI.create(scheme + "://127.0.0.1:" + port), LONG, LONG);
	}

	private static ServerSocket server() throws IOException {
		return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
	}

	private static Socket accept(ServerSocket server) {
		try {
			return server.accept();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> readConnection(ServerSocket server) {
		try (Socket socket = accept(server)) {
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void reset(ServerSocket server) {
		try (Socket socket = accept(server)) {
			socket.getInputStream().read();
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
