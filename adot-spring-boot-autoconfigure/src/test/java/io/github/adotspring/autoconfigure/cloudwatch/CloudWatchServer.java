package io.github.adotspring.autoconfigure.cloudwatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.adotspring.autoconfigure.testing.AccessKey;
import io.github.adotspring.autoconfigure.testing.Answer;
import io.github.adotspring.autoconfigure.testing.AwsEndpoint;
import io.github.adotspring.autoconfigure.testing.ReceivedRequest;
import io.github.adotspring.autoconfigure.testing.SigV4Verifier;
import io.github.adotspring.autoconfigure.testing.Verdict;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/**
 * An HTTP server on this machine that plays CloudWatch: it takes {@code PutMetricData} in
 * AWS's Query protocol with a signature, and refuses what CloudWatch refuses.
 */
public final class CloudWatchServer implements AutoCloseable {

	private final SigV4Verifier signatures;

	private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server;

	/**
	 * Starts a server in {@link AwsEndpoint#REGION}.
	 */
	public CloudWatchServer(AccessKey... keys) throws IOException {
		this.signatures = new SigV4Verifier("monitoring", AwsEndpoint.REGION, List.of(keys), Clock.systemUTC());
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/**
	 * Scheme, host and port.
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Answers the next requests as told.
	 */
	public void enqueue(Answer... answers) {
		this.script.addAll(Arrays.asList(answers));
	}

	static Answer refusal(int status, String code, String message) {
		return Answer.status(status).body("text/xml", """
				<ErrorResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><Error><Type>Sender</Type>\
				<Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>
				""".formatted(code, message).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Everything that came in so far.
	 */
	public List<ReceivedRequest> requests() {
		return this.requests;
	}

	/**
	 * What was wrong with requests, those that were answered as told included.
	 */
	public List<String> problems() {
		return this.problems;
	}

	void awaitRequests(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> this.requests.size() >= count);
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
			List<String> found = problems(request);
			this.problems.addAll(found);
			this.requests.add(request);
			Answer told = this.script.poll();
			if (told == null) {
				told = found.isEmpty() ? Answer.status(200).body("text/xml", "<PutMetricDataResponse/>".getBytes())
						: refusal(400, "ValidationError", String.join(", ", found));
			}
			if (told.gate() != null) {
				told.gate().await();
			}
			told.headers().forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(told.status(), (told.body().length > 0) ? told.body().length : -1);
			exchange.getResponseBody().write(told.body());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<String> problems(ReceivedRequest request) {
		List<String> problems = new ArrayList<>();
		if (this.signatures.verify(request) instanceof Verdict.Refused refused) {
			problems.add(refused.message());
		}
		Map<String, String> form = form(request);
		if (!"PutMetricData".equals(form.get("Action")) || !"POST".equals(request.method())) {
			problems.add("action " + form.get("Action"));
		}
		if (request.content().length > 1_000_000) {
			problems.add(request.content().length + " bytes");
		}
		List<MetricDatum> data = data(request);
		if (data.isEmpty() || data.size() > 1_000) {
			problems.add(data.size() + " data");
		}
		data.forEach((datum) -> problems.addAll(CloudWatchRules.problems(datum, Instant.now())));
		return problems;
	}

	/**
	 * Reads the namespace of a request.
	 */
	public static String namespace(ReceivedRequest request) {
		return form(request).get("Namespace");
	}

	/**
	 * Reads the data of a request.
	 */
	public static List<MetricDatum> data(ReceivedRequest request) {
		return members(form(request), "MetricData").stream().map(CloudWatchServer::datum).toList();
	}

	private static MetricDatum datum(Map<String, String> form) {
		MetricDatum.Builder datum = MetricDatum.builder()
			.metricName(form.get("MetricName"))
			.unit(form.get("Unit"))
			.dimensions(members(form, "Dimensions").stream()
				.map((dimension) -> Dimension.builder()
					.name(dimension.get("Name"))
					.value(dimension.get("Value"))
					.build())
				.toList());
		if (form.containsKey("Timestamp")) {
			datum.timestamp(Instant.parse(form.get("Timestamp")));
		}
		if (form.containsKey("StorageResolution")) {
			datum.storageResolution(Integer.valueOf(form.get("StorageResolution")));
		}
		if (form.containsKey("Value")) {
			datum.value(Double.valueOf(form.get("Value")));
		}
		if (form.containsKey("Values.member.1")) {
			datum.values(numbers(form, "Values")).counts(numbers(form, "Counts"));
		}
		if (form.containsKey("StatisticValues.Sum")) {
			datum.statisticValues(StatisticSet.builder()
				.sampleCount(Double.valueOf(form.get("StatisticValues.SampleCount")))
				.sum(Double.valueOf(form.get("StatisticValues.Sum")))
				.minimum(Double.valueOf(form.get("StatisticValues.Minimum")))
				.maximum(Double.valueOf(form.get("StatisticValues.Maximum")))
				.build());
		}
		return datum.build();
	}

	private static Map<String, String> form(ReceivedRequest request) {
		Map<String, String> form = new TreeMap<>();
		for (String field : new String(request.content(), StandardCharsets.UTF_8).split("&")) {
			String[] parts = field.split("=", 2);
			form.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
					URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return form;
	}

	/**
	 * The members of a list, as forms of their own.
	 */
	private static Collection<Map<String, String>> members(Map<String, String> form, String list) {
		Map<Integer, Map<String, String>> members = new TreeMap<>();
		String prefix = list + ".member.";
		form.forEach((name, value) -> {
			if (name.startsWith(prefix)) {
				String[] rest = name.substring(prefix.length()).split("\\.", 2);
				members.computeIfAbsent(Integer.valueOf(rest[0]), (number) -> new TreeMap<>()).put(rest[1], value);
			}
		});
		return members.values();
	}

	private static List<Double> numbers(Map<String, String> form, String list) {
		return IntStream.iterate(1, (i) -> form.containsKey(list + ".member." + i), (i) -> i + 1)
			.mapToObj((i) -> Double.valueOf(form.get(list + ".member." + i)))
			.toList();
	}

}
