package io.github.adotspring.autoconfigure.logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.Verdict;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on this machine that plays CloudWatch Logs, its OTLP endpoint and its JSON
 * API: it verifies signatures, knows what was created, and refuses what the service
 * refuses, by the limits of its region.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">CloudWatch
 * OTLP endpoints</a>
 */
public final class CloudWatchLogsServer implements AutoCloseable {

	private static final int MEGABYTE = 1_048_576;

	private final SigV4Verifier verifier;

	private final boolean takesLarge;

	private final Set<String> denied = ConcurrentHashMap.newKeySet();

	private final Map<String, Group> groups = new ConcurrentHashMap<>();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<ReceivedRequest> accepted = new CopyOnWriteArrayList<>();

	private final Queue<Reply> script = new ConcurrentLinkedQueue<>();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final HttpServer server;

	/**
	 * Starts a server without log groups.
	 * @param takesLarge whether it takes large log objects
	 */
	public CloudWatchLogsServer(String region, boolean takesLarge) {
		this.verifier = new SigV4Verifier("logs", region, List.of(AccessKey.EXAMPLE), Clock.systemUTC());
		this.takesLarge = takesLarge;
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
	 * Its OTLP endpoint.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/logs");
	}

	/**
	 * Denies operations to the caller.
	 */
	public void deny(String... operations) {
		this.denied.addAll(List.of(operations));
	}

	/**
	 * Answers the next calls of an operation with this exception of the JSON API.
	 */
	public void fail(String operation, String exception) {
		this.script.add(new Reply(operation, 400, "{\"__type\":\"" + exception + "\",\"message\":\"Rate exceeded\"}"));
	}

	/**
	 * Answers the next export with a partial success.
	 */
	public void reject(long records, String message) {
		this.script.add(new Reply("/v1/logs", 200,
				JsonMapper.shared()
					.writeValueAsString(Map.of("partialSuccess",
							Map.of("rejectedLogRecords", String.valueOf(records), "errorMessage", message)))));
	}

	public void create(String group, String... streams) {
		this.groups.put(group, new Group("", streams));
	}

	/**
	 * Deletes a log stream.
	 */
	public boolean delete(String group, String stream) {
		return this.groups.get(group).streams.remove(stream);
	}

	public Group group(String name) {
		return this.groups.get(name);
	}

	/**
	 * The requests in their order, with what they were refused for.
	 */
	public List<String> calls() {
		return this.calls;
	}

	public List<String> calls(String operation) {
		return this.calls.stream().filter((call) -> call.startsWith(operation)).toList();
	}

	/**
	 * The exports that were accepted.
	 */
	public List<ReceivedRequest> accepted() {
		return this.accepted;
	}

	/**
	 * The log records of the exports that were accepted.
	 */
	public List<LogRecord> logRecords() {
		return this.accepted.stream().flatMap(CloudWatchLogsServer::logRecords).toList();
	}

	private static Stream<LogRecord> logRecords(ReceivedRequest request) {
		return request.logs()
			.getResourceLogsList()
			.stream()
			.flatMap((resource) -> resource.getScopeLogsList().stream())
			.flatMap((scope) -> scope.getLogRecordsList().stream());
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ReceivedRequest request = new ReceivedRequest(exchange.getRequestMethod(),
					exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			boolean isOtlp = request.path().equals("/v1/logs");
			String operation = isOtlp ? "/v1/logs"
					: String.valueOf(request.header("X-Amz-Target")).replace("Logs_20140328.", "");
			Reply reply = judge(operation, request);
			this.calls.add((reply.status == 200) ? operation : operation + " " + reply.body);
			if (isOtlp && reply.status == 200) {
				this.accepted.add(request);
			}
			byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(reply.status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private Reply judge(String operation, ReceivedRequest request) {
		if (this.verifier.verify(request) instanceof Verdict.Refused refused) {
			return refused(operation, refused.code(), refused.message());
		}
		Reply told = this.script.peek();
		if (told != null && told.operation.equals(operation)) {
			this.script.remove();
			return told;
		}
		if (this.denied.contains(operation)) {
			return refused(operation, "AccessDeniedException",
					"User: arn:aws:sts::123456789012:assumed-role/shop/i-1 is not authorized to perform: logs:"
							+ operation.replace("/v1/logs", "PutLogEvents")
							+ " on resource: arn:aws:logs:eu-west-1:123456789012:log-group:/adot/shop");
		}
		return operation.equals("/v1/logs") ? export(request)
				: call(operation, JsonMapper.shared().readTree(request.content()), request);
	}

	private Reply export(ReceivedRequest request) {
		Group group = this.groups.get(String.valueOf(request.header("x-aws-log-group")));
		if (group == null) {
			return refused("/v1/logs", "InvalidParameterException", "The specified log group does not exist.");
		}
		if (!group.streams.contains(String.valueOf(request.header("x-aws-log-stream")))) {
			return refused("/v1/logs", "InvalidParameterException", "The specified log stream does not exist.");
		}
		String size = checkSize(request);
		return size.isEmpty() ? new Reply("/v1/logs", 200, "{}")
				: refused("/v1/logs", "InvalidParameterException", size);
	}

	private String checkSize(ReceivedRequest request) {
		long bytes = 0;
		int records = 0;
		int large = 0;
		for (ResourceLogs resource : request.logs().getResourceLogsList()) {
			for (ScopeLogs scope : resource.getScopeLogsList()) {
				int context = resource.getResource().getSerializedSize() + scope.getScope().getSerializedSize();
				for (LogRecord log : scope.getLogRecordsList()) {
					bytes += log.getSerializedSize() + 26;
					records++;
					large += (log.getSerializedSize() + context > MEGABYTE) ? 1 : 0;
				}
			}
		}
		boolean fits = bytes <= (this.takesLarge ? 20 * MEGABYTE : MEGABYTE) && records <= 10_000
				&& large <= (this.takesLarge ? 1 : 0);
		return fits ? "" : "Request size exceeds the limit";
	}

	private Reply call(String operation, JsonNode body, ReceivedRequest request) {
		if (!request.path().equals("/") || !"application/x-amz-json-1.1".equals(request.header("Content-Type"))) {
			return refused(operation, "SerializationException", "not the JSON API");
		}
		String name = body.path("logGroupName").asString();
		Group group = this.groups.get(name);
		if (operation.equals("CreateLogGroup")) {
			Group created = new Group(body.path("kmsKeyId").asString(""));
			return (this.groups.putIfAbsent(name, created) == null) ? new Reply(operation, 200, "")
					: refused(operation, "ResourceAlreadyExistsException", "The specified log group already exists");
		}
		if (group == null) {
			return refused(operation, "ResourceNotFoundException", "The specified log group does not exist.");
		}
		if (operation.equals("PutRetentionPolicy")) {
			group.retentionDays = body.path("retentionInDays").asInt();
			return new Reply(operation, 200, "");
		}
		boolean created = operation.equals("CreateLogStream")
				&& group.streams.add(body.path("logStreamName").asString());
		return created ? new Reply(operation, 200, "")
				: refused(operation, "ResourceAlreadyExistsException", "The specified log stream already exists");
	}

	private static Reply refused(String operation, String exception, String message) {
		boolean isOtlp = operation.equals("/v1/logs");
		String type = isOtlp ? "" : "\"__type\":\"" + exception + "\",";
		int status = (isOtlp && exception.startsWith("AccessDenied")) ? 403 : 400;
		return new Reply(operation, status, "{" + type + "\"message\":\"" + message + "\"}");
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private record Reply(String operation, int status, String body) {

	}

	/**
	 * A log group.
	 */
	public static final class Group {

		private final String kmsKeyId;

		private final Set<String> streams = ConcurrentHashMap.newKeySet();

		private volatile int retentionDays;

		Group(String kmsKeyId, String... streams) {
			this.kmsKeyId = kmsKeyId;
			this.streams.addAll(List.of(streams));
		}

		public String kmsKeyId() {
			return this.kmsKeyId;
		}

		public Set<String> streams() {
			return new HashSet<>(this.streams);
		}

		public int retentionDays() {
			return this.retentionDays;
		}

	}

}
