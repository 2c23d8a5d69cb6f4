package io.github.adotspring.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP receiver on the loopback interface that remembers the numbers of the spans it
 * got and can be made to fail.
 */
final class Collector implements AutoCloseable {

	private final int port;

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final BitSet delivered = new BitSet();

	private long duplicates;

	private long withoutNumber;

	private @Nullable AutoCloseable server;

	Collector(int port) {
		this.port = port;
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Take what comes.
	 */
	void accept() throws IOException {
		close();
		HttpServer server = HttpServer.create(address(), 0);
		server.createContext("/v1/traces", this::receive);
		server.setExecutor(this.threads);
		server.start();
		this.server = () -> server.stop(0);
	}

	/**
	 * Take connections, and do nothing with them.
	 */
	void hang() throws IOException {
		close();
		ServerSocket server = new ServerSocket();
		server.bind(address());
		List<Socket> connections = new CopyOnWriteArrayList<>();
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					connections.add(server.accept());
				}
			}
			catch (IOException ex) {
				// It was closed.
			}
		});
		thread.setDaemon(true);
		thread.start();
		this.server = () -> {
			server.close();
			thread.join();
			for (Socket connection : connections) {
				connection.close();
			}
		};
	}

	/**
	 * Be gone, so that connections are refused.
	 */
	@Override
	public void close() throws IOException {
		try (AutoCloseable closing = this.server) {
			this.server = null;
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			InputStream body = exchange.getRequestBody();
			received(ExportTraceServiceRequest.parseFrom(gzip ? new GZIPInputStream(body) : body));
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private synchronized void received(ExportTraceServiceRequest request) {
		request.getResourceSpansList()
			.stream()
			.flatMap((resource) -> resource.getScopeSpansList().stream())
			.flatMap((scope) -> scope.getSpansList().stream())
			.forEach(this::received);
	}

	private void received(Span span) {
		int number = span.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("soak.number"))
			.map(KeyValue::getValue)
			.mapToInt((value) -> (int) value.getIntValue())
			.findFirst()
			.orElse(-1);
		if (number < 0) {
			this.withoutNumber++;
		}
		else if (this.delivered.get(number)) {
			this.duplicates++;
		}
		else {
			this.delivered.set(number);
		}
	}

	/**
	 * The numbers of the spans that arrived.
	 */
	synchronized BitSet delivered() {
		return (BitSet) this.delivered.clone();
	}

	/**
	 * Spans that arrived once more.
	 */
	synchronized long duplicates() {
		return this.duplicates;
	}

	synchronized long withoutNumber() {
		return this.withoutNumber;
	}

	void end() throws IOException {
		close();
		this.threads.shutdown();
	}

}
