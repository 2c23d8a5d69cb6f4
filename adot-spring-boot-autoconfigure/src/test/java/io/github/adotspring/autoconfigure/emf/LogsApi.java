package io.github.adotspring.autoconfigure.emf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on this machine that plays the API of CloudWatch Logs: it verifies signatures,
 * knows what was created, and refuses what the service refuses.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
public final class LogsApi implements AutoCloseable {

	private final SigV4Verifier verifier = new SigV4Verifier("logs", AwsEndpoint.REGION, List.of(AccessKey.EXAMPLE),
			Clock.systemUTC());

	private final Set<String> denied;

	private final Map<String, Set<String>> groups = new HashMap<>();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<JsonNode> events = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	/**
	 * Starts a server without log groups.
	 * @param denied operations that the caller is not allowed to call
	 */
	public LogsApi(String... denied) {
		this.denied = Set.of(denied);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/**
	 * Where it takes calls.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	/**
	 * Creates a log group.
	 */
	public void create(String group) {
		this.groups.put(group, new HashSet<>());
	}

	/**
	 * The operations that were called, with the name of what was refused.
	 */
	public List<String> calls() {
		return this.calls;
	}

	/**
	 * The events of the requests that were accepted.
	 */
	public List<JsonNode> events() {
		return this.events;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			String operation = String.valueOf(request.header("X-Amz-Target")).replace("Logs_20140328.", "");
			String error = judge(request, operation);
			this.calls.add(error.isEmpty() ? operation : operation + " " + error);
			byte[] body = (error.isEmpty() ? "{}" : "{\"__type\":\"" + error + "\",\"message\":\"no\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
			exchange.sendResponseHeaders(error.isEmpty() ? 200 : 400, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private String judge(ReceivedRequest request, String operation) {
		if (this.verifier.verify(request) instanceof Verdict.Refused refused) {
			return refused.code();
		}
		if (!"application/x-amz-json-1.1".equals(request.header("Content-Type")) || !request.path().equals("/")) {
			return "SerializationException";
		}
		if (this.denied.contains(operation)) {
			return "AccessDeniedException";
		}
		return apply(operation, JsonMapper.shared().readTree(request.content()));
	}

	private String apply(String operation, JsonNode body) {
		String group = body.path("logGroupName").asString();
		String stream = body.path("logStreamName").asString("");
		Set<String> streams = this.groups.get(group);
		if (operation.equals("CreateLogGroup")) {
			return (this.groups.putIfAbsent(group, new HashSet<>()) == null) ? "" : "ResourceAlreadyExistsException";
		}
		if (streams == null) {
			return "com.amazonaws.logs#ResourceNotFoundException";
		}
		return switch (operation) {
			case "CreateLogStream" -> streams.add(stream) ? "" : "ResourceAlreadyExistsException";
			case "PutRetentionPolicy" -> body.path("retentionInDays").isInt() ? "" : "InvalidParameterException";
			case "PutLogEvents" -> streams.contains(stream) ? put(body.path("logEvents")) : "ResourceNotFoundException";
			default -> "UnknownOperationException";
		};
	}

	private String put(JsonNode logEvents) {
		long last = 0;
		long bytes = 0;
		for (JsonNode event : logEvents) {
			if (event.path("timestamp").asLong() < last || !event.path("timestamp").isIntegralNumber()) {
				return "InvalidParameterException";
			}
			last = event.path("timestamp").asLong();
			bytes += event.path("message").asString().getBytes(StandardCharsets.UTF_8).length + 26;
		}
		if (logEvents.isEmpty() || logEvents.size() > 10_000 || bytes > 1_048_576) {
			return "InvalidParameterException";
		}
		logEvents.forEach(this.events::add);
		return "";
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
