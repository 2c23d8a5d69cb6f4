package io.github.adotspring.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server on this machine that plays a workspace of Amazon Managed Service for
 * Prometheus: it checks the signature of remote write and hands the request to a real
 * Prometheus.
 */
public final class AmpEndpoint implements AutoCloseable {

	private static final List<String> FORWARDED = List.of("Content-Type", "Content-Encoding",
			"X-Prometheus-Remote-Write-Version");

	private static final String PATH = "/workspaces/ws-1/api/v1/remote_write";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("amp-endpoint"));

	private final List<String> refusals = new CopyOnWriteArrayList<>();

	private final SigV4Verifier signatures;

	private final URI writeUrl;

	private final HttpServer server;

	private AmpEndpoint(PrometheusServer prometheus) {
		this.signatures = new SigV4Verifier("aps", AwsEndpoint.REGION, List.of(AccessKey.EXAMPLE), Clock.systemUTC());
		this.writeUrl = prometheus.writeUrl();
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/**
	 * Starts an endpoint that knows {@link AccessKey#EXAMPLE} and is in
	 * {@link AwsEndpoint#REGION}.
	 * @param prometheus takes what has a right signature
	 */
	public static AmpEndpoint before(PrometheusServer prometheus) {
		return new AmpEndpoint(prometheus);
	}

	/**
	 * Where it takes remote write.
	 */
	public URI writeUrl() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + PATH);
	}

	/**
	 * What was refused, by the signature or by Prometheus.
	 */
	public List<String> refusals() {
		return this.refusals;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			if (this.signatures.verify(request) instanceof Verdict.Refused refused) {
				answer(exchange, refused.status(), refused.message());
			}
			else {
				HttpResponse<String> response = forward(request);
				answer(exchange, response.statusCode(), response.body());
			}
		}
	}

	private HttpResponse<String> forward(ReceivedRequest request) throws IOException {
		HttpRequest.Builder forwarded = HttpRequest.newBuilder(this.writeUrl)
			.POST(BodyPublishers.ofByteArray(request.body()));
		FORWARDED.forEach((name) -> request.headerValues(name).forEach((value) -> forwarded.header(name, value)));
		try {
			return this.client.send(forwarded.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private void answer(HttpExchange exchange, int status, String text) throws IOException {
		if (status / 100 != 2) {
			this.refusals.add(status + " " + text);
		}
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

}
