package io.github.adotspring.autoconfigure.sampling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on this machine that plays the sampling API of X-Ray, or a proxy to it: it
 * verifies signatures, has rules that tests change, and shares their reservoirs among its
 * clients. What it knows is in {@link #state()}.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sampling.html">Using
 * sampling rules with the X-Ray API</a>
 */
public final class SamplingServer implements AutoCloseable {

	private final @Nullable SigV4Verifier verifier;

	private final SamplingState state;

	private final Set<String> denied = ConcurrentHashMap.newKeySet();

	private final Queue<Reply> script = new ConcurrentLinkedQueue<>();

	private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final HttpServer server;

	private volatile boolean down;

	private SamplingServer(@Nullable SigV4Verifier verifier, Clock clock) {
		this.verifier = verifier;
		this.state = new SamplingState(clock);
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
	 * Starts X-Ray in a region, which knows {@link AccessKey#EXAMPLE}.
	 * @param clock time of rules, statistics and targets; signatures are judged by the
	 * time of the machine
	 */
	public static SamplingServer signed(String region, Clock clock) {
		return new SamplingServer(new SigV4Verifier("xray", region, List.of(AccessKey.EXAMPLE), Clock.systemUTC()),
				clock);
	}

	/**
	 * Starts a proxy, which refuses requests that are signed already.
	 */
	public static SamplingServer proxy(Clock clock) {
		return new SamplingServer(null, clock);
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	public SamplingState state() {
		return this.state;
	}

	/**
	 * Answers everything with 503 until told otherwise.
	 */
	public void setDown(boolean down) {
		this.down = down;
	}

	/**
	 * Denies operations to the caller, by the names that IAM has for them.
	 */
	public void deny(String... operations) {
		this.denied.addAll(List.of(operations));
	}

	/**
	 * Throttles the next call.
	 */
	public void throttle() {
		this.script.add(new Reply(429, "ThrottledException", "{\"message\":\"Rate exceeded\"}"));
	}

	/**
	 * Answers the next call that comes with this instead.
	 */
	public void answer(int status, String body) {
		this.script.add(new Reply(status, "", body));
	}

	/**
	 * Everything that came in so far, whatever it was answered.
	 */
	public List<ReceivedRequest> requests() {
		return this.requests;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			this.requests.add(request);
			Reply reply = judge(request);
			byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			if (!reply.error.isEmpty()) {
				exchange.getResponseHeaders().set("x-amzn-ErrorType", reply.error);
			}
			exchange.sendResponseHeaders(reply.status, (body.length > 0) ? body.length : -1);
			if (body.length > 0) {
				exchange.getResponseBody().write(body);
			}
		}
	}

	private Reply judge(ReceivedRequest request) {
		if (this.down) {
			return Reply.refused(503, "ServiceUnavailableException", "Service is unavailable");
		}
		if (this.verifier == null && request.header("Authorization") != null) {
			return Reply.refused(400, "InvalidRequestException", "This proxy signs itself");
		}
		if (this.verifier != null && this.verifier.verify(request) instanceof Verdict.Refused refused) {
			return Reply.refused(refused.status(), refused.code(), refused.message());
		}
		Reply told = this.script.poll();
		return (told != null) ? told : call(request);
	}

	private Reply call(ReceivedRequest request) {
		String operation = switch (request.method() + " " + request.path()) {
			case "POST /GetSamplingRules" -> "GetSamplingRules";
			case "POST /SamplingTargets" -> "GetSamplingTargets";
			default -> "";
		};
		if (operation.isEmpty()) {
			return Reply.refused(404, "UnknownOperationException", "No such operation");
		}
		if (this.denied.contains(operation)) {
			return Reply.refused(403, "AccessDeniedException",
					"User: arn:aws:sts::123456789012:assumed-role/shop/i-1 is not authorized to perform: xray:"
							+ operation + " because no identity-based policy allows the xray:" + operation + " action");
		}
		try {
			JsonNode body = JsonMapper.shared().readTree(request.content());
			Map<String, Object> answer = operation.equals("GetSamplingRules") ? this.state.rules(body)
					: this.state.targets(body);
			return new Reply(200, "", JsonMapper.shared().writeValueAsString(answer));
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return Reply.refused(400, "InvalidRequestException", String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private record Reply(int status, String error, String body) {

		private static Reply refused(int status, String error, String message) {
			return new Reply(status, error, JsonMapper.shared().writeValueAsString(Map.of("message", message)));
		}

	}

}
